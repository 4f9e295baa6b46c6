const { execFile } = require('node:child_process');
const http = require('node:http');
http.createServer((_, response) => execFile('jq', ['--version'], (_error, out) => response.end(out))).listen(3000);
