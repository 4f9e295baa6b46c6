const assert = require('assert');
assert.ok(require('fs').existsSync('dist/server.js'));
