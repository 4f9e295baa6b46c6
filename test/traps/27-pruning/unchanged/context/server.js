console.log(require('./node_modules/greeting'));
