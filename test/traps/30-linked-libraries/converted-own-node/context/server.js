const { execFileSync } = require('node:child_process');

console.log(execFileSync('tool').toString());
