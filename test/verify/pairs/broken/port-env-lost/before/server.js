const http = require('http');
const port = Number(process.env.PORT || 3000);

http.createServer((req, res) => res.end('ferry times\n')).listen(port, () => {
  console.log('ready');
});
