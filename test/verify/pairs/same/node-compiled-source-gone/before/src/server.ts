const http = require('http');

function greet(name: string) {
  return `Hello, ${name || 'stranger'}!\n`;
}

http
  .createServer((req: any, res: any) => {
    res.setHeader('Content-Type', 'text/plain; charset=utf-8');
    res.end(greet(req.url.startsWith('/hello/') ? decodeURIComponent(req.url.slice(7)) : ''));
  })
  .listen(3000);
