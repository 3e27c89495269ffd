import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { compareRuns } from '../../../src/core/run/compareRuns';
import { readComparableRun } from '../../../src/engine/comparableRun';
import { createRunDirectory } from '../../../src/engine/runDirectory';
import { recipeThat, temporaryFolder } from './fake';

const loop = readFileSync(path.resolve(import.meta.dirname, '../../transcripts/loop.jsonl'), 'utf8');

test('a run is read with all that its directory tells, and compared by what is left of it', async () => {
  const folder = temporaryFolder();
  const { directory, id } = await createRunDirectory(folder, recipeThat('good', folder), 'model: {}\n');
  const write = (name: string, text: string): void => writeFileSync(path.join(directory, name), text);
  write('events.jsonl', loop);
  write('environment.json', JSON.stringify({ platform: 'Linux' }));
  const whole = await readComparableRun(directory);
  expect(whole).toMatchObject({
    facts: { directory, name: id, status: 'done' },
    recipeText: 'model: {}\n',
    config: { recipeFile: path.join(folder, 'fake recipe.tune.yaml') },
    environment: { platform: 'Linux' },
  });

  write('name.txt', 'the good one\n');
  write('config.json', '{"sections": ');
  write('environment.json', '[');
  rmSync(path.join(directory, 'recipe.tune.yaml'));
  mkdirSync(path.join(directory, 'recipe.tune.yaml')); // no text to be read
  write('events.jsonl', loop.slice(0, loop.indexOf('"trainFinished"') + 30));
  const damaged = await readComparableRun(directory);
  expect(damaged).toMatchObject({
    facts: { name: 'the good one', status: 'lost' },
    recipeText: null,
    config: null,
    environment: null,
  });
  const { results, recipe } = compareRuns([whole!, damaged!], { language: 'en', translations: {} });
  expect(results.find(({ path: [word] }) => word === 'status')?.values).toEqual(['done', 'ended without a word']);
  // the log itself says what ran
  expect(recipe.find(({ label }) => label === 'model.model_name_or_path')).toMatchObject({
    values: ['./base', './base'],
    same: true,
  });

  mkdirSync(path.join(folder, 'photos'));
  expect(await readComparableRun(path.join(folder, 'photos'))).toBeNull();
});
