// npm run package: tunebook-<version>.vsix, or where --out says.
import { readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { bootstrapNode, main, say } from './bootstrap.mjs';
import { ROOT } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';

const { values } = parseArgs({ options: { out: { type: 'string' } } });

await main(async () => {
  await bootstrapNode({ fresh: true });
  const { name, version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const out = resolve(values.out ?? join(ROOT, `${name}-${version}.vsix`));
  await run(process.execPath, [
    join(ROOT, 'node_modules', '@vscode', 'vsce', 'vsce'),
    'package',
    // everything that ships is bundled in dist/
    '--no-dependencies',
    // links in the README lead to files of the project, which has no public address yet
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
    '--out',
    out,
  ]);
  say(`${out} (${((await stat(out)).size / 1e6).toFixed(1)} MB)`);
});
