const crypto = require('crypto');
const http = require('http');
const os = require('os');

http
  .createServer((req, res) => {
    const began = process.hrtime.bigint();
    res.setHeader('X-Request-Id', crypto.randomUUID());
    if (req.url === '/status') {
      res.setHeader('Content-Type', 'application/json');
      const body = {
        status: 'ok',
        host: os.hostname(),
        address: Object.values(os.networkInterfaces()).flat().find((i) => !i.internal)?.address,
        pid: process.pid,
        uptime: process.uptime(),
        heapUsed: process.memoryUsage().heapUsed,
        now: new Date().toISOString(),
        tookNs: Number(process.hrtime.bigint() - began),
      };
      return res.end(JSON.stringify(body));
    }
    res.setHeader('Content-Type', 'text/html; charset=utf-8');
    const nonce = crypto.randomBytes(12).toString('base64');
    res.setHeader('Content-Security-Policy', `script-src 'nonce-${nonce}'`);
    res.end(`<!doctype html><a href="/status">status</a><p>${new Date()}</p><script nonce="${nonce}">0</script>\n`);
  })
  .listen(3000, () => console.log(`[${new Date().toISOString()}] up in ${process.uptime().toFixed(3)}s`));
