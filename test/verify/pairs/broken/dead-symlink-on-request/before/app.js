const fs = require('fs');
const http = require('http');
const path = require('path');

http
  .createServer((req, res) => {
    if (req.url !== '/banner') return res.end('see /banner\n');
    fs.readFile(path.join(__dirname, 'fonts', 'default.txt'), (err, text) => {
      if (err) res.statusCode = 500;
      res.end(err ? 'no font\n' : text);
    });
  })
  .listen(3000);
