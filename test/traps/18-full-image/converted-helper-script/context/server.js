require('node:http').createServer((_, response) => response.end('1')).listen(3000);
