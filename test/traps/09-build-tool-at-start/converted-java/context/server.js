require('madeup-tika').read(process.argv[2]);
