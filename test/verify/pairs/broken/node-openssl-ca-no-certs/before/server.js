const http = require('node:http');
const https = require('node:https');

const upstream = process.env.UPSTREAM || 'https://mirror.example.org/';

http
  .createServer((req, res) => {
    if (req.url !== '/mirror') return res.end('mirror-check\n');
    https
      .get(upstream, { timeout: 5000 }, (up) => {
        up.resume();
        res.end(`mirror answers ${up.statusCode}\n`);
      })
      .on('error', (err) => {
        res.statusCode = 502;
        res.end(`mirror fails: ${err.code}\n`);
      });
  })
  .listen(3000);
