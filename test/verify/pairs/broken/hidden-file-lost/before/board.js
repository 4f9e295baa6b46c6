const fs = require('fs');
const http = require('http');
const path = require('path');

const motd = () => {
  const file = path.join(__dirname, '.motd');
  return fs.existsSync(file) ? fs.readFileSync(file) : '';
};

http.createServer((req, res) => res.end(req.url === '/motd' ? motd() : 'notice board\n')).listen(3000);
