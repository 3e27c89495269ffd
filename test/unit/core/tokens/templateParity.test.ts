import { expect, test } from 'vitest';
import {
  CONTEXT,
  CONVERSATIONS,
  readReference,
  renderer,
  renderInput,
  templateSource,
  verdict,
} from './templateReference';

const reference = readReference();

test.each(reference.templates)('$name renders what transformers renders, or says that it cannot', ({ name, cases }) => {
  const render = renderer(reference, templateSource(name));
  for (const python of cases) {
    const ours = render(renderInput(reference, python.conversation, python.prompt));
    const found = verdict(python, ours);
    const shown = { conversation: CONVERSATIONS[python.conversation]!.name, python, ours };
    expect.soft(found, JSON.stringify(shown)).not.toBe('different');
    // Only what runs into Python's own limit may be left to Python here.
    if (found === 'unsupported') expect(python).toMatchObject({ refused: 'RecursionError' });
  }
});

test('both sides are asked about enough', () => {
  expect(reference.templates.length).toBeGreaterThan(60);
  expect(CONVERSATIONS.length).toBeGreaterThan(25);
});

test.each(reference.snippets)('$source', (python) => {
  const ours = renderer(reference, python.source)({ messages: [], special: reference.special, kwargs: CONTEXT });
  expect(verdict(python, ours), JSON.stringify({ python, ours })).not.toBe('different');
});
