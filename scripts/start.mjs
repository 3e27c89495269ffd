// npm start: fine-tunes the shipped sample on this machine and shows base against tuned.
import { join } from 'node:path';
import { bootstrap, main } from './bootstrap.mjs';
import { CLI, OUT } from './lib/paths.mjs';
import { exitCode } from './lib/processes.mjs';

await main(async () => {
  await bootstrap();
  const folder = join(OUT, 'start');
  // What the run makes goes to out/, which git ignores: the sample stays as it was cloned.
  const places = {
    'save.output_dir': join(folder, 'adapter'),
    'train.environment.output_dir': join(folder, 'checkpoints'),
  };
  return exitCode(process.execPath, [
    CLI,
    'train',
    join('samples', 'yoda', 'yoda.tune.yaml'),
    '--yes',
    '--runs-directory',
    join(folder, 'runs'),
    ...Object.entries(places).flatMap(([key, value]) => ['--set', `${key}=${JSON.stringify(value)}`]),
    ...process.argv.slice(2),
  ]);
});
