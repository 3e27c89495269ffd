import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { explainRefusal } from '../../../../src/core/export/refusals';

const TRAINER = path.resolve(import.meta.dirname, '../../../../trainer/src/tunebook_trainer/export');

/** `RefusedError("kind", …)` and the two kinds of one expression. */
const RAISED = /RefusedError\(\s*"(\w+)"(?: if [\w.]+ else "(\w+)")?/g;

test('whatever the trainer refuses has words and a remedy', () => {
  const kinds = readdirSync(TRAINER)
    .filter((file) => file.endsWith('.py'))
    .flatMap((file) => Array.from(readFileSync(path.join(TRAINER, file), 'utf8').matchAll(RAISED)))
    .flatMap(([, kind, other]) => [kind, other].filter((text) => text !== undefined));
  expect(kinds.length).toBeGreaterThan(15);
  const unknown = formatMessage(explainRefusal({ type: 'refused', kind: '?', args: [] }).remedy);
  for (const kind of kinds) {
    const { title, remedy } = explainRefusal({ type: 'refused', kind, args: ['one', 'two'] });
    expect(formatMessage(remedy), kind).not.toBe(unknown);
    expect(formatMessage(title), kind).not.toMatch(/\{\d\}|undefined/);
  }
});

test('a refusal of a newer trainer is told as it came', () => {
  const { title } = explainRefusal({ type: 'refused', kind: 'toString', args: ['/a', 'b'] });
  expect(formatMessage(title)).toBe('The export was refused (toString): /a, b');
});
