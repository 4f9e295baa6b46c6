const http = require('http');
const metrics = require('./metrics');

http.createServer((req, res) => { metrics.count(); res.end('parcel tracker\n'); }).listen(8080);
http.createServer((req, res) => {
  res.setHeader('Content-Type', 'text/plain; version=0.0.4');
  res.end(metrics.text());
}).listen(9100);
