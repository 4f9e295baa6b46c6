const { createServer } = require("node:http");
const pluralize = require("pluralize");

createServer((request, response) => {
  response.end(`${pluralize(request.url.slice(1) || "word")}\n`);
}).listen(8080);
