import { exec } from 'node:child_process';
import { createServer } from 'node:http';

createServer((req, res) => {
  res.setHeader('Content-Type', 'text/plain');
  if (req.url === '/disk') {
    exec('test -w /tmp && echo writable || echo full', (err, stdout) => {
      res.statusCode = err ? 500 : 200;
      res.end(err ? 'unknown\n' : stdout);
    });
  } else {
    res.end('disk monitor\n');
  }
}).listen(3000, () => console.log('listening on 3000'));
