console.log(require('madeup')());
