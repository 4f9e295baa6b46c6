const http = require('http');

http.createServer((req, res) => res.end('pong\n')).listen(3000);
