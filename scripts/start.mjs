// npm start: fine-tunes the shipped sample and shows base against tuned.
import path from 'node:path';
import { buildBundles, installPackages, pythonEnvironment } from './bootstrap.mjs';
import { root, run, say } from './run.mjs';

await installPackages();
await buildBundles();
const python = await pythonEnvironment();
say(`Fine-tuning samples/yoda with ${python}`);
try {
  await run(process.execPath, ['dist/cli.cjs', 'train', path.join('samples', 'yoda', 'yoda.tune.yaml')]);
} catch (error) {
  process.exit(error.code || 1);
}
say(`Adapter: ${path.join(root, 'samples', 'yoda', 'adapter')}   Runs: npx tunebook runs samples/yoda`);
