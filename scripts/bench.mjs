// npm run bench: how long the parts take that run for every event, every keystroke, every long run; then a million rows to
// conversations, against Python's datasets.
//   npm run bench -- recipe        only what has this name; "format" is the million rows
import { join } from 'node:path';
import { bootstrapNode, main } from './bootstrap.mjs';
import { ROOT } from './lib/paths.mjs';
import { exitCode } from './lib/processes.mjs';

const FORMAT = 'format';

await main(async () => {
  await bootstrapNode();
  const names = process.argv.slice(2);
  const others = names.filter((name) => name !== FORMAT);
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const first =
    names.length === 0 || others.length > 0
      ? await exitCode(process.execPath, [vitest, 'bench', '--run', ...others])
      : 0;
  const second =
    names.length === 0 || names.includes(FORMAT)
      ? await exitCode(process.execPath, [join(ROOT, 'bench', 'format', 'compare.mjs')])
      : 0;
  return first || second;
});
