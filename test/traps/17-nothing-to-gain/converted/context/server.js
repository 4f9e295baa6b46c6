const { hashSync } = require('bcrypt');
console.log(hashSync('secret', 10));
