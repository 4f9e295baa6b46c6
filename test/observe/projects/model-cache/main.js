const fs = require('fs');
const os = require('os');

const weights = fs.readFileSync(`${os.homedir()}/.cache/models/weights`, 'utf8');
fs.writeFileSync('/var/log/seer/told', weights);
fs.writeFileSync('/run/seer/pid', String(process.pid));
console.log(`weights ${weights.trim()}`);
