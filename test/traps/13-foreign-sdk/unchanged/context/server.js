const { execFileSync } = require('node:child_process');
console.log(execFileSync('/opt/sdk/bin/deploy', process.argv.slice(2)).toString());
