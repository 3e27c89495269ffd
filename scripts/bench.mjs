// npm run bench: how long the parts take that run for every event, every keystroke, every long run.
import { join } from 'node:path';
import { bootstrapNode, main } from './bootstrap.mjs';
import { ROOT } from './lib/paths.mjs';
import { exitCode } from './lib/processes.mjs';

await main(async () => {
  await bootstrapNode();
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  return exitCode(process.execPath, [vitest, 'bench', '--run', ...process.argv.slice(2)]);
});
