// npm run package: builds and makes tunebook-<version>.vsix, or the file that is named.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { say } from './bootstrap.mjs';
import { ensureBundles } from './lib/bundles.mjs';
import { ensureNodePackages } from './lib/nodePackages.mjs';
import { ROOT } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';

await ensureNodePackages(say);
await ensureBundles(say);
const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
const file = process.argv[2] ?? join(ROOT, `tunebook-${version}.vsix`);
// Everything is bundled: vsce need not look at node_modules.
await run(process.execPath, [
  join(ROOT, 'node_modules/@vscode/vsce/vsce'),
  'package',
  '--no-dependencies',
  '--out',
  file,
]);
say(`made ${file}`);
