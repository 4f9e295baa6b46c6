const http = require('http');

http
  .createServer((req, res) => {
    if (req.url !== '/report.txt') return res.end('reports: /report.txt\n');
    try {
      const format = require('tablefmt');
      res.end(format([['mon', 3], ['tue', 5]]));
    } catch (err) {
      res.statusCode = 500;
      res.end(`${err.code}\n`);
    }
  })
  .listen(3000);
