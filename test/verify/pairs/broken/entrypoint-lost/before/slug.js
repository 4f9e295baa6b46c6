const words = process.argv.slice(2).join(' ');
console.log(words.toLowerCase().replace(/[^a-z0-9]+/g, '-'));
