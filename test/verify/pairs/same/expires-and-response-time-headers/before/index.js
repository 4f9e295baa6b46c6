const http = require('http');

const started = Date.now();
const inOneHour = () => new Date(Date.now() + 3600e3).toUTCString();

http
  .createServer((req, res) => {
    const began = process.hrtime.bigint();
    const body = JSON.stringify({ stops: ['Mill Lane', 'Harbour'], stale: false });
    const ms = (Number(process.hrtime.bigint() - began) / 1e6).toFixed(3);
    res.writeHead(200, {
      'Content-Type': 'application/json',
      'Cache-Control': 'public, max-age=3600',
      Expires: inOneHour(),
      Age: Math.round((Date.now() - started) / 10),
      'X-Response-Time': `${ms}ms`,
      'Server-Timing': `app;dur=${ms}`,
      'Set-Cookie': `seen=${Date.now()}; Expires=${inOneHour()}; Path=/`,
    });
    res.end(body);
  })
  .listen(3000);
