const http = require('http');

const tides = { Brest: '05:12', Cuxhaven: '11:40' };
http
  .createServer((req, res) => {
    res.setHeader('Content-Type', 'application/json');
    res.end(JSON.stringify(tides));
  })
  .listen(3000);
