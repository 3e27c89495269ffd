// npm start: fine-tunes the shipped sample and shows base against tuned.
import { join } from 'node:path';
import { bootstrap, say } from './bootstrap.mjs';
import { CLI, ROOT } from './lib/paths.mjs';
import { exitCode } from './lib/processes.mjs';

const python = await bootstrap();
say(`fine-tuning samples/yoda with ${python}`);
process.exitCode = await exitCode(process.execPath, [CLI, 'train', join('samples', 'yoda', 'yoda.tune.yaml'), '--yes']);
if (process.exitCode === 0) say(`the adapter lies in ${join(ROOT, 'samples', 'yoda', 'adapter')}`);
