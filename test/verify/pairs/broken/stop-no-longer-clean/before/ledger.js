console.log('ledger: open');
process.on('SIGTERM', () => {
  console.log('ledger: saved');
  process.exit(0);
});
setInterval(() => {}, 60000);
