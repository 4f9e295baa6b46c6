const fs = require('fs');
const os = require('os');

// Stands for a download of a model.
const place = [os.homedir(), '.cache', 'models'].join('/');
fs.mkdirSync(place, { recursive: true });
fs.writeFileSync(`${place}/weights`, '0.25 0.75\n');
for (const folder of ['/var/log/seer', '/run/seer']) fs.mkdirSync(folder);
