import { expect, it } from 'vitest';
import { viewTokens } from '../../../../src/engine/tokens/viewTokens';
import { type TokenSequence, type TokenView, WHYS } from '../../../../src/protocol/tokenView';
import { asked, ROWS, scene } from './scene';

interface Position {
  readonly text: string;
  readonly why: string | undefined;
  readonly line: number | undefined;
  readonly message: number | undefined;
}

function positions({ pieces }: TokenView, sequence: TokenSequence): Position[] {
  const texts = new Map(pieces.map(({ id, text }) => [id, text]));
  return sequence.ids.map((id, index) => ({
    text: texts.get(id) ?? '?',
    why: WHYS[sequence.whys[index] ?? -1],
    line: sequence.templateLines[index],
    message: sequence.messages[index],
  }));
}

const textOf = (places: readonly Position[]): string => places.map(({ text }) => text).join('');

it('says of every token why, from which message and from which line of the template', async () => {
  const template = [
    "{% for m in messages %}{% if m.role == 'user' %}",
    "{{- '<|user|>' + m.content + '<|end|>' -}}",
    "{% else %}{{- '<|assistant|>' -}}",
    "{% generation %}{{- m.content + '<|end|>' -}}{% endgeneration %}",
    '{% endif %}{% endfor %}',
  ].join('\n');
  const recipe = scene({
    tokenizer: { chat_template: template },
    train: { data: { assistant_only_loss: true }, memory: { per_device_train_batch_size: 3 } },
  });
  const view = await viewTokens({ recipe, batches: 1, rows: null }, asked);
  const sequences = view.batches[0]?.sequences ?? [];
  expect(sequences.map(({ parts }) => parts[0]?.line).toSorted()).toEqual([1, 2, 3]);
  for (const sequence of sequences) {
    const [part] = sequence.parts;
    const row = JSON.parse(ROWS[part?.row ?? 0] ?? '') as { q: string; a: string };
    expect(part).toMatchObject({ start: 0, from: 0, roles: ['user', 'assistant'], line: (part?.row ?? 0) + 1 });
    const places = positions(view, sequence);
    const of = (why: string): Position[] => places.filter((place) => place.why === why);
    expect(textOf(of('first'))).toBe('<|user|>');
    expect(textOf(of('notAssistant')).replaceAll(' ', '')).toBe(`${row.q}<|end|><|assistant|>`.replaceAll(' ', ''));
    expect(textOf(of('assistant')).trim()).toBe(`${row.a}<|end|>`);
    expect(textOf(of('padding'))).toBe('<unk>'.repeat(of('padding').length));
    expect(places.filter(({ message }) => message === 0).every(({ line }) => line === 2)).toBe(true);
    expect(textOf(places.filter(({ message, line }) => message === 1 && line === 3))).toBe('<|assistant|>');
    expect(of('assistant').every(({ line, message }) => line === 4 && message === 1)).toBe(true);
    expect(of('padding').every(({ line, message }) => line === 0 && message === -1)).toBe(true);
    for (const [index, label] of sequence.labels.entries())
      expect(label).toBe(places[index]?.why === 'assistant' ? sequence.ids[index] : -100);
  }
  expect(view.counts.trainedTokens).toBe(
    sequences.flatMap(({ labels }) => labels).filter((label) => label >= 0).length,
  );
  const taken = sequences.reduce((sum, { ids }) => sum + ids.length, 0);
  expect(view.counts.efficiency).toBeCloseTo(view.counts.totalTokens / taken);
});

it('says where a packed row goes on', async () => {
  const recipe = scene({ train: { data: { packing: true, packing_strategy: 'wrapped', max_length: 20 } } });
  const view = await viewTokens({ recipe, batches: 9, rows: null }, asked);
  const parts = view.batches.flatMap(({ sequences }) => sequences.flatMap((sequence) => sequence.parts));
  // each row's parts follow each other without a gap
  for (const row of [0, 1, 2]) {
    const froms = parts.filter((part) => part.row === row).map(({ from }) => from);
    expect(Math.min(...froms)).toBe(0);
    expect(new Set(froms).size).toBe(froms.length);
  }
  expect(parts.some(({ from }) => from > 0)).toBe(true);
  expect(view.counts).toMatchObject({ rows: 3, truncatedRows: 0 });
});

it('looks at no more rows than asked for, and says so', async () => {
  const recipe = scene();
  const some = await viewTokens({ recipe, batches: 1, rows: 2 }, asked);
  expect(some.counts).toMatchObject({ rows: 2, complete: false });
  expect((await viewTokens({ recipe, batches: 1, rows: 3 }, asked)).counts.complete).toBe(true);
  const limited = await viewTokens({ recipe: scene({ data: { limit: 2 } }), batches: 1, rows: 3 }, asked);
  expect(limited.counts).toMatchObject({ rows: 2, complete: true });
});

it('stops when it is told to, and tells how far it is', async () => {
  const recipe = scene({}, { 'rows.jsonl': ROWS.join('').repeat(3000) });
  const stop = new AbortController();
  const told: number[] = [];
  const looking = viewTokens(
    { recipe, batches: 1, rows: null },
    {
      signal: stop.signal,
      progress: ({ rows }) => {
        told.push(rows);
        if (rows > 0) stop.abort();
      },
    },
  );
  await expect(looking).rejects.toMatchObject({ name: 'AbortError' });
  expect(told.at(-1)).toBeGreaterThan(0);
  expect(told.at(-1)).toBeLessThan(9000);
});
