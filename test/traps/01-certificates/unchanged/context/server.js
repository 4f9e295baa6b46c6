const { readFileSync } = require('node:fs');
const https = require('node:https');
const ca = readFileSync('/etc/ssl/certs/ca-certificates.crt');
https.get('https://example.org/', { ca }, (answer) => console.log(answer.statusCode));
