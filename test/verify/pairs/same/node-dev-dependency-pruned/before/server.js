const http = require('http');
const money = require('money');

http.createServer((req, res) => res.end(`${money(Number(req.url.slice(1)) || 0)}\n`)).listen(3000);
