#!/usr/bin/env node
const text = require('fs').readFileSync(process.argv[2], 'utf8');
process.exit(/\t/.test(text) ? 1 : 0);
