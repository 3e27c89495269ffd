import { describe, expect, test } from 'vitest';
import {
  type Ran,
  type SectionTexts,
  staleSteps,
  stepsToRun,
  withoutFrom,
  withRan,
} from '../../../../src/core/run/stale';
import { STEPS } from '../../../../src/protocol/trainer';

const texts: SectionTexts = { model: 'model:\n  a: 1', lora: 'lora:\n  r: 8', data: 'data:', train: 'train:' };
const all = STEPS.reduce<Ran>((ran, step) => withRan(ran, step, texts), {});
const changed = { ...texts, data: 'data:\n  limit: 3' };

describe('a step that ran is stale', () => {
  test('when its own section or one above has changed', () => {
    expect([...staleSteps(all, texts)]).toEqual([]);
    expect([...staleSteps(all, changed)]).toEqual(['data', 'tokenizer', 'train', 'generate', 'save']);
    expect([...staleSteps(all, { ...texts, save: 'save:' })]).toEqual(['save']);
    const { lora: _, ...without } = texts;
    expect([...staleSteps(all, without)]).toContain('lora');
  });

  test('not when only line ends, space at the end or prose above changed, or it never ran', () => {
    expect([...staleSteps(all, { ...texts, model: 'model:  \r\n  a: 1\r\n\r\n' })]).toEqual([]);
    expect([...staleSteps(all, { ...texts, model: '\n# small first\nmodel:\n  a: 1' })]).toEqual([]);
    expect([...staleSteps({}, changed)]).toEqual([]);
  });

  test('until it runs again', () => {
    const again = withRan(withoutFrom(all, 'data'), 'data', changed);
    expect([...staleSteps(again, changed)]).toEqual([]);
    expect(Object.keys(again)).toEqual(['model', 'lora', 'data']);
  });
});

describe('stepsToRun', () => {
  test.each<[string, Ran, SectionTexts, (typeof STEPS)[number][], string[]]>([
    ['everything the first time', {}, texts, ['generate'], ['model', 'lora', 'data', 'tokenizer', 'train', 'generate']],
    ['only what is asked for when all above is fresh', all, texts, ['generate'], ['generate']],
    ['from what is stale', all, changed, ['train'], ['data', 'tokenizer', 'train']],
    ['from what never ran', withoutFrom(all, 'tokenizer'), texts, ['train'], ['tokenizer', 'train']],
    ['all of Run All', all, texts, [...STEPS], [...STEPS]],
    ['what lies between', all, texts, ['lora', 'data'], ['lora', 'data']],
    ['the first again', all, changed, ['model'], ['model']],
  ])('%s', (_, ran, now, wanted, steps) => {
    expect(stepsToRun(ran, now, wanted)).toEqual(steps);
  });
});
