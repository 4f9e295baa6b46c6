module.exports = (rows) => rows.map((row) => row.map((cell) => String(cell).padEnd(8)).join('|')).join('\n') + '\n';
