// Loaded before the program that is measured: tells the most memory that its process had, when it ends.
const { writeFileSync } = require('node:fs');

// libuv gives kilobytes on every system (uv_getrusage)
process.on('exit', () =>
  writeFileSync(process.env.TUNEBOOK_BENCH_MEMORY, String(process.resourceUsage().maxRSS * 1024)),
);
