// npm run package: builds and makes tunebook-<version>.vsix.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { buildBundles, installPackages } from './bootstrap.mjs';
import { root, run } from './run.mjs';

await installPackages();
await buildBundles();
const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const out = process.argv[2] ?? path.join(root, `tunebook-${version}.vsix`);
// Everything is bundled, so vsce need not look at node_modules.
await run(process.execPath, ['node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', '--out', out]);
