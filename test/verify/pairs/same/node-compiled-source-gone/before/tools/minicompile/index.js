// Strips the few type annotations this project uses.
const fs = require('fs');
const path = require('path');

const [from, to] = process.argv.slice(2);
fs.mkdirSync(path.dirname(to), { recursive: true });
fs.writeFileSync(to, fs.readFileSync(from, 'utf8').replace(/: (string|number|any)\b/g, ''));
