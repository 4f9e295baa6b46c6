const fs = require('fs');
const http = require('http');

http
  .createServer((req, res) => {
    if (req.url !== '/tunes') return res.end('radio\n');
    fs.readFile('/srv/tunes/list.txt', (err, text) => {
      res.statusCode = err ? 403 : 200;
      res.end(err ? 'not for you\n' : text);
    });
  })
  .listen(3000);
