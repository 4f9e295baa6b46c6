const fs = require('fs');
const http = require('http');

const file = '/data/list.txt';
http
  .createServer((req, res) => {
    if (req.method !== 'POST') return res.end(fs.readFileSync(file));
    let body = '';
    req.on('data', (d) => (body += d));
    req.on('end', () => {
      fs.appendFileSync(file, `${body.trim()}\n`);
      res.writeHead(201).end();
    });
  })
  .listen(3000);
