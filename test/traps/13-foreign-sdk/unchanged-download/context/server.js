const { execFileSync } = require('node:child_process');
execFileSync('topdf', process.argv.slice(2));
