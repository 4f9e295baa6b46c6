const fs = require('fs');
const http = require('http');

const files = { '/': 'index.html', '/current': 'current/index.html', '/logo': 'logo' };
http
  .createServer((req, res) => {
    const file = files[req.url];
    if (!file) return res.writeHead(404).end();
    fs.createReadStream(file).on('error', () => res.writeHead(500).end()).pipe(res);
  })
  .listen(3000);
