#!/usr/bin/env node
const fs = require('node:fs');
const path = require('node:path');

const [from, to] = process.argv.slice(2);
fs.mkdirSync(path.dirname(to), { recursive: true });
fs.writeFileSync(to, `// stamped\n${fs.readFileSync(from, 'utf8')}`);
