const http = require('http');
const app = require('./lib/router')();
const { name, version } = require('./package.json');

app.on('GET', '/', (req, res) => res.end(`${name} ${version}\n`));
app.on('GET', '/healthz', (req, res) => res.writeHead(204).end());
app.on('POST', '/echo', (req, res) => req.pipe(res));

http.createServer(app.handle).listen(8080, () => console.log(`${name} listens on 8080`));
