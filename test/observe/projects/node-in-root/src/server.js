const http = require('node:http');

http
  .createServer((request, response) => {
    response.setHeader('content-type', 'text/plain');
    response.end('two ships are in the harbour\n');
  })
  .listen(3000);
process.on('SIGTERM', () => process.exit(0));
