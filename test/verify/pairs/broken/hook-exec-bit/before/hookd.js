const { execFile } = require('child_process');
const http = require('http');

http
  .createServer((req, res) => {
    if (req.url !== '/deploy') return res.end('hookd\n');
    execFile('./hooks/notify', ['shop'], (err, stdout) => {
      res.statusCode = err ? 500 : 200;
      res.end(err ? `${err.code}\n` : stdout);
    });
  })
  .listen(4000);
