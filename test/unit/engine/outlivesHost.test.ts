import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import { expect, test, vi } from 'vitest';
import { findInterpreters } from '../../../src/engine/python/interpreters';
import { FAKE_TRAINER, recipeThat, temporaryFolder } from './fake';

const ENGINE = path.resolve(import.meta.dirname, '../../../src/engine/python/pythonEngine.ts');

/** A host of its own, which starts a trainer and then is killed like a window that is closed. */
async function hostIn(folder: string): Promise<string> {
  const [interpreter] = await findInterpreters(null);
  const recipe = recipeThat('chatty', folder);
  const options = { python: interpreter?.path, trainerSource: FAKE_TRAINER };
  const request = { recipe, recipeText: '', runsDirectory: path.join(folder, 'runs') };
  const outfile = path.join(folder, 'host.cjs');
  const contents = `
    import { PythonEngine } from ${JSON.stringify(ENGINE)};
    const request = ${JSON.stringify(request)};
    new PythonEngine(${JSON.stringify(options)}).start(request).then((session) => {
      session.onEvent((event) => event.type === 'log' && console.log(event.text));
      return session.run(['model'], { recipe: request.recipe, recipeText: '' });
    });`;
  const stdin = { contents, resolveDir: folder, loader: 'ts' as const };
  await build({ stdin, outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'error' });
  return outfile;
}

test('a run goes on when its host is killed, whatever its libraries print then', async () => {
  const folder = temporaryFolder();
  const host = spawn(process.execPath, [await hostIn(folder)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [told] = await once(host.stdout, 'data');
  expect(String(told)).toBe('chatting\n');
  host.kill('SIGKILL');
  await once(host, 'exit');
  const [id] = readdirSync(path.join(folder, 'runs'));
  const read = (name: string): string => readFileSync(path.join(folder, 'runs', id!, name), 'utf8');
  await vi.waitFor(() => expect(read('survived.txt')).toBe('yes'), { timeout: 60_000, interval: 200 });
  expect(read('log.txt')).toContain('step 1999 of a library\n');
});
