import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compileTemplate } from '../../../../src/core/tokens/chatTemplate';
import { markedTemplate, PROBES } from '../../../../src/core/tokens/generationTemplates';
import { GENERATION_TEMPLATES } from '../../../../src/core/tokens/generationTemplateTexts';
import type { ChatTemplate } from '../../../../src/core/tokens/types';
import { templateSource } from './templateReference';

const SPECIAL = { bos_token: '<s>', eos_token: '</s>' };
const ROW = [
  { role: 'user', content: 'Where is the cat?' },
  { role: 'assistant', content: 'On the mat.' },
] as const;

function compiled(source: string): ChatTemplate {
  const template = compileTemplate(source);
  if (!template.ok) throw new Error(JSON.stringify(template.error));
  return template.value;
}

test.each([
  ['chatml', 'chatml'],
  ['zephyr', 'zephyr'],
  ['tinyllama', 'zephyr'],
  ['smollm2', 'smollm2'],
  ['phi4', 'phi4'],
  ['phi4_mini', 'phi4_mini'],
  ['mistral_v0_1', 'mistral_v0_1'],
  ['trl_gemma', 'gemma'],
  ['trl_gemma3', 'gemma3'],
  ['trl_llama3', 'llama3'],
  ['trl_llama3_1', 'llama3_1'],
  ['trl_llama3_2', 'llama3_2'],
  ['trl_phi3', 'phi3'],
  ['trl_qwen2_5', 'qwen2_5'],
])('%s is trained with our %s', (name, ours) => {
  const found = markedTemplate(compiled(templateSource(name)), [{ messages: ROW }], SPECIAL);
  expect(found).toMatchObject({ ok: true, value: { name: ours, template: { marksGeneration: true } } });
});

test('a template that marks answers stays', () => {
  const template = compiled(templateSource('trl_qwen3_training'));
  expect(markedTemplate(template, [{ messages: ROW }], SPECIAL)).toEqual({ ok: true, value: { template, name: null } });
});

test('a template that differs for one row of the data is not the same', () => {
  const source = templateSource('chatml').replace("message['content']", "message['content'] | replace('dog', 'wolf')");
  expect(markedTemplate(compiled(source), [{ messages: ROW }], SPECIAL)).toMatchObject({ ok: true });
  const dogs = [{ role: 'user', content: 'And the dog?' }, ROW[1]] as const;
  expect(markedTemplate(compiled(source), [{ messages: ROW }, { messages: dogs }], SPECIAL)).toMatchObject({
    ok: false,
    error: { kind: 'unsupported' },
  });
});

test('tools count: ours leave them out', () => {
  const qwen = compiled(templateSource('trl_qwen2_5'));
  const tools = [{ type: 'function', function: { name: 'f', parameters: {} } }];
  expect(markedTemplate(qwen, [{ messages: ROW, tools }], SPECIAL)).toMatchObject({ ok: false });
});

test('what only the trainer may know is said to be so', () => {
  const found = markedTemplate(compiled(templateSource('trl_qwen3')), [{ messages: ROW }], SPECIAL);
  expect(found).toMatchObject({ ok: false, error: { kind: 'unsupported' } });
});

test.each(GENERATION_TEMPLATES)('$name marks each answer with its end', ({ source }) => {
  const rendered = compiled(source).render({ messages: ROW, special: SPECIAL });
  if (!rendered.ok) throw new Error(JSON.stringify(rendered.error));
  const [first] = rendered.value.generation;
  expect(rendered.value.text.slice(first?.start, first?.end)).toMatch(/^\s?On the mat\.\S+$/);
});

test('the probes are the trainer’s', () => {
  const folder = join(import.meta.dirname, '../../../../trainer/src/tunebook_trainer');
  const python = readFileSync(join(folder, 'generation_templates.py'), 'utf8');
  const constants = Object.fromEntries(
    [...python.matchAll(/^(USER|ANSWER|SYSTEM) = (\{.*\})$/gm)].map(([, name = '', value = '']) => [
      name,
      JSON.parse(value) as unknown,
    ]),
  );
  const lists = /^PROBES.*?= \(\n(.*?)^\)/ms.exec(python)?.[1] ?? '';
  const probes = [...lists.matchAll(/\[(.*)\]/g)].map(([, names = '']) =>
    names.split(', ').map((name) => constants[name]),
  );
  expect(PROBES).toEqual(probes);
});
