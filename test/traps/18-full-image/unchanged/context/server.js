const { execFileSync } = require('node:child_process');
console.log(execFileSync(process.env.PROGRAM, process.argv.slice(2)).toString());
