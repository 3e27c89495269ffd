import path from 'node:path';
import { expect, test } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { type RunTarget, sameFile, sharedOutput, sharedWords } from '../../../../src/core/run/sharedOutput';
import { firstInTheWay } from '../../../../src/core/run/inTheWay';
import { initialRun } from '../../../../src/core/run/session';
import { type ResolvedRecipe, STEPS } from '../../../../src/protocol/trainer';

function target(file: string, outputDir: string | null, adapter: string, steps: readonly string[] = STEPS): RunTarget {
  const sections = { model: {}, lora: {}, data: {}, tokenizer: {}, generate: {} };
  const recipe: ResolvedRecipe = {
    name: 'x',
    recipeFile: file,
    baseDirectory: path.posix.dirname(file),
    sections: { ...sections, train: { environment: { output_dir: outputDir } }, save: { output_dir: adapter } },
  };
  return { recipe, steps: STEPS.filter((step) => steps.includes(step)) };
}

test.each<[string, RunTarget, RunTarget, string[]]>([
  ['nothing', target('/w/a.tune.yaml', './a', './x'), target('/w/b.tune.yaml', './b', './y'), []],
  ['checkpoints', target('/w/a.tune.yaml', './out', './x'), target('/w/b.tune.yaml', 'out/', './y'), ['checkpoints']],
  [
    'by different ways',
    target('/w/a/a.tune.yaml', '../out//./', '/w/x'),
    target('/w/b.tune.yaml', '/w/b/../out', 'x'),
    ['checkpoints', 'adapter'],
  ],
  ['no folder of its own', target('/w/a.tune.yaml', null, './x'), target('/w/b.tune.yaml', null, './y'), []],
  ['the recipe', target('/w/a.tune.yaml', null, './x'), target('/w/a.tune.yaml', null, './x', ['model']), ['recipe']],
  [
    'a folder that one of them leaves alone',
    target('/w/a.tune.yaml', './out', './x', ['model', 'lora']),
    target('/w/b.tune.yaml', './out', './x'),
    [],
  ],
  [
    'all',
    target('/w/a.tune.yaml', './o', 'x'),
    target('/w/a.tune.yaml', 'o', 'x'),
    ['checkpoints', 'adapter', 'recipe'],
  ],
])('two runs share %s', (_, ours, theirs, shared) => {
  expect(sharedOutput(ours, theirs).map(({ what }) => what)).toEqual(shared);
  expect(sharedOutput(theirs, ours).map(({ what }) => what)).toEqual(shared);
});

test('a folder stands in the sentence as the person can find it', () => {
  const [shared] = sharedOutput(target('/w/a.tune.yaml', './out', './x'), target('/w/b.tune.yaml', 'out', './y'));
  expect(formatMessage(sharedWords(shared!))).toBe('It keeps its checkpoints in the same folder: /w/out');
});

test('files of Windows are the same in any case, with either slash; others are not', () => {
  expect(sameFile('C:\\Work\\a.tune.yaml', 'c:/work/./A.tune.yaml')).toBe(true);
  expect(sameFile('/Work/a.tune.yaml', '/work/a.tune.yaml')).toBe(false);
  expect(sameFile('//server/a', '/server/a')).toBe(true);
});

test('in the way is the first run at work that shares something; an idle one is not', () => {
  const ours = target('/w/a.tune.yaml', null, './x');
  const of = (file: string, adapter: string, running: boolean) => ({
    config: target(file, null, adapter).recipe,
    state: { ...initialRun, running },
  });
  const idle = of('/w/a.tune.yaml', './x', false);
  const same = of('/w/a.tune.yaml', './y', true);
  const other = of('/w/b.tune.yaml', './x', true);
  const unknown = { config: null, state: { ...initialRun, running: true } };
  const found = (recipeMatters: boolean, ...runs: (typeof same | typeof unknown)[]) =>
    firstInTheWay(ours, runs, { recipeMatters });
  expect(found(true, unknown, idle)).toBeNull();
  expect(found(true, idle, same, other)).toMatchObject({ run: same, onlyRecipe: true });
  expect(found(false, idle, same, other)).toMatchObject({
    run: other,
    shared: [{ what: 'adapter' }],
    onlyRecipe: false,
  });
});
