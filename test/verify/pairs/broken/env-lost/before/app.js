const http = require('http');
const greeting = process.env.GREETING || 'Hello';

http.createServer((req, res) => {
  res.setHeader('Content-Type', 'text/plain; charset=utf-8');
  res.end(`${greeting}!\n`);
}).listen(3000);
