const crypto = require('crypto');
const http = require('http');

const flags = process.env.APP_ENV === 'production' ? '; Secure; HttpOnly' : '';
http
  .createServer((req, res) => {
    res.setHeader('Set-Cookie', `sid=${crypto.randomBytes(16).toString('hex')}; Path=/${flags}`);
    res.end('log in first\n');
  })
  .listen(3000);
