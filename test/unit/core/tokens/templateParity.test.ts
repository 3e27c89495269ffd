import { expect, test } from 'vitest';
import { compileTemplate } from '../../../../src/core/tokens/chatTemplate';
import { markedTemplate } from '../../../../src/core/tokens/generationTemplates';
import {
  CONTEXT,
  CONVERSATIONS,
  PROGRAM_CONTEXT,
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

test.each(reference.templates)('$name is trained with the template that the trainer takes', ({ name, marked }) => {
  const template = compileTemplate(templateSource(name));
  if (!template.ok) throw new Error(JSON.stringify(template.error));
  const rows = reference.markedFor.map((messages) => ({ messages }));
  const found = markedTemplate(template.value, rows, reference.special);
  if (marked === null || marked === 'TRL') expect(found).toMatchObject({ error: { kind: 'unsupported' } });
  else expect(found).toMatchObject({ value: { name: marked === 'the tokenizer' ? null : marked } });
});

test('both sides are asked about enough', () => {
  expect(reference.templates.length).toBeGreaterThan(60);
  expect(CONVERSATIONS.length).toBeGreaterThan(25);
});

test.each(reference.snippets)('$source', (python) => {
  const ours = renderer(reference, python.source)({ messages: [], special: reference.special, kwargs: CONTEXT });
  expect(verdict(python, ours), JSON.stringify({ python, ours })).not.toBe('different');
});

test('names mean what they mean in Python, in programs made at random', () => {
  for (const python of reference.programs) {
    const ours = renderer(reference, python.source)({ messages: [], special: {}, kwargs: PROGRAM_CONTEXT });
    const expected = 'refused' in python ? 'refusedBoth' : 'equal';
    expect.soft(verdict(python, ours), JSON.stringify({ python, ours })).toBe(expected);
  }
});
