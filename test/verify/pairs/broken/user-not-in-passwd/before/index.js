const { createServer } = require('http');

createServer((req, res) => {
  if (req.method === 'POST') res.writeHead(202);
  res.end();
}).listen(9000);
