const http = require('http');
const https = require('https');

http
  .createServer((req, res) => {
    if (req.url !== '/menu') return res.end('intranet\n');
    https
      .get('https://canteen.office.example.org/menu', (up) => up.pipe(res))
      .on('error', () => res.writeHead(502).end('the canteen is closed\n'));
  })
  .listen(3000);
