import { expect, test } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { explainFailure } from '../../../../src/core/run/explainFailure';
import { FAILURE_KINDS } from '../../../../src/protocol/trainer';

const failure = { message: 'What happened.', recipePath: ['train', 'data'], facts: {}, traceback: null };

test.each(FAILURE_KINDS)('%s has a sentence and a remedy, with or without facts', (kind) => {
  for (const facts of [{}, { path: '/x', package: 'flash_attn', model: 'owner/name', value: 3 }]) {
    const { title, remedies } = explainFailure({ ...failure, kind, facts });
    const words = [title, ...remedies].map((text) => formatMessage(text));
    expect(remedies.length).toBeGreaterThan(0);
    for (const text of words) expect(text).toMatch(/^[^{}]{10,}$/);
  }
});

test.each([
  ['missingFile', { path: '/data/rows.jsonl' }, 'A file is missing: /data/rows.jsonl'],
  [
    'missingPackage',
    { package: 'liger-kernel' },
    'The recipe needs a Python package that is not installed: liger-kernel',
  ],
  ['outOfMemory', { requiredBytes: 2e9, freeBytes: 5e8 }, 'Out of memory: 2.0 GB more were needed, 0.50 GB were free.'],
  ['outOfMemory', {}, 'Out of memory: What happened.'],
] as const)('%s names the facts', (kind, facts, title) => {
  expect(formatMessage(explainFailure({ ...failure, kind, facts }).title)).toBe(title);
});
