const { execFileSync } = require('node:child_process');
console.log(execFileSync('git', ['ls-remote', process.argv[2]]).toString());
