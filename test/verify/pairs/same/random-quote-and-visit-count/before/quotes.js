const http = require('http');
const quotes = require('./quotes.json');
let visits = 0;

http
  .createServer((req, res) => {
    const quote = quotes[Math.floor(Math.random() * quotes.length)];
    res.setHeader('Content-Type', 'text/html; charset=utf-8');
    res.end(`<!doctype html><title>Quotes</title>\n<blockquote>${quote}</blockquote>\n<p>Visit ${++visits}</p>\n`);
  })
  .listen(3000);
