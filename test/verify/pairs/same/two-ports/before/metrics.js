let requests = 0;

exports.count = () => requests++;
exports.text = () =>
  [
    `http_requests_total ${requests}`,
    `process_start_time_seconds ${(Date.now() / 1000 - process.uptime()).toFixed(3)}`,
    `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
    `process_cpu_seconds_total ${(process.cpuUsage().user / 1e6).toFixed(3)}`,
    '',
  ].join('\n');
