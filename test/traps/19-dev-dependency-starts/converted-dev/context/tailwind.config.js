module.exports = { content: ['./pages/*.tsx'] };
