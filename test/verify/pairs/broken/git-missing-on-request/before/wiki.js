const { execFile } = require('child_process');
const fs = require('fs');
const http = require('http');

http
  .createServer((req, res) => {
    if (req.url !== '/history') return res.end(fs.readFileSync('home.md'));
    execFile('git', ['log', '--format=%s'], (err, out) => {
      res.statusCode = err ? 503 : 200;
      res.end(err ? 'no history\n' : out);
    });
  })
  .listen(3000);
