import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseModelConfig } from '../../../../src/core/model/config';
import { buildStructure, type TensorHeader } from '../../../../src/core/model/structure';
import type { ModelStructure, ModelTrouble } from '../../../../src/protocol/model';
import { readStructureReferences, structureOf } from './structureReference';

function guessed(config: Readonly<Record<string, unknown>>, tensors: readonly TensorHeader[]): ModelStructure {
  const built = build(config, tensors);
  if (built.ok) return built.value;
  throw new Error(built.error.message.text);
}

function build(
  config: Readonly<Record<string, unknown>>,
  tensors: readonly TensorHeader[] | null,
): ReturnType<typeof buildStructure> {
  const parsed = parseModelConfig(JSON.stringify(config), 'config.json');
  if (!parsed.ok) throw new Error(parsed.error.message.text);
  return buildStructure(parsed.value, tensors === null ? null : { tensors, files: [] });
}

function tensor(name: string, ...shape: number[]): TensorHeader {
  return { name, dtype: 'BF16', shape };
}

/** As a file has them: sorted by name, and of weights that are one, the first. */
function stored({ modules }: ModelStructure): TensorHeader[] {
  return modules
    .flatMap(({ name, parameters }) =>
      parameters
        .filter(({ tiedTo }) => tiedTo === null)
        .map(({ name: own, shape }) => tensor(`${name}.${own}`, ...shape)),
    )
    .sort((left, right) => (left.name < right.name ? -1 : 1));
}

function linear({ modules }: ModelStructure): unknown[] {
  return modules
    .filter(({ type, parameters }) => type === 'Linear' && parameters.every(({ tiedTo }) => tiedTo === null))
    .map(({ name, parameters, block, part }) => [
      name,
      parameters.map(({ name: own, shape }) => `${own} ${shape.join(' ')}`).sort(),
      block,
      part,
    ])
    .sort((left, right) => (String(left[0]) < String(right[0]) ? -1 : 1));
}

const known = Object.entries(readStructureReferences('dense.json.gz')).filter(
  ([name, { config }]) => !name.includes(':') && !['gpt2', 'falcon'].includes(String(config['model_type'])),
);

describe('a model of an unknown kind, guessed from its tensors, has the linear layers that transformers builds:', () => {
  it.each(known)('%s', (_, { config }) => {
    const real = structureOf(config);
    const told = guessed({ ...config, model_type: 'something new' }, stored(real));
    expect(linear(told)).toEqual(linear(real));
    expect(told).toMatchObject({ architecture: null, basis: 'headers', inputEmbeddings: real.inputEmbeddings });
    expect(told.outputEmbeddings).toBe(real.tied ? null : real.outputEmbeddings);
    expect(told.sizes.layers).toBe(real.sizes.layers);
    expect([told.sizes.hiddenSize, told.sizes.heads, told.sizes.vocabSize]).toEqual([
      real.sizes.hiddenSize,
      real.sizes.heads,
      real.sizes.vocabSize,
    ]);
  });
});

describe('modules guessed from tensors', () => {
  const config = { model_type: 'new', vocab_size: 100, hidden_size: 8, tie_word_embeddings: true };

  it('keep blocks in the order of their numbers, and containers before what they hold', () => {
    const told = guessed(
      config,
      [10, 2, 0].map((index) => tensor(`model.layers.${index}.mlp.up.weight`, 16, 8)),
    );
    expect(told.modules.map(({ name, type, block }) => [name, type, block])).toEqual([
      ['model', 'Module', null],
      ['model.layers', 'ModuleList', null],
      ...[0, 2, 10].flatMap((index) => [
        [`model.layers.${index}`, 'Module', index],
        [`model.layers.${index}.mlp`, 'Module', index],
        [`model.layers.${index}.mlp.up`, 'Linear', index],
      ]),
    ]);
  });

  it('are named by shape and name', () => {
    const told = guessed(config, [
      tensor('tok.weight', 100, 8),
      tensor('pos_embed.weight', 64, 8),
      tensor('norm.weight', 8),
      tensor('ln.weight', 8),
      tensor('ln.bias', 8),
      tensor('layers.0.experts.gate_up_proj', 4, 32, 8),
      tensor('conv.weight', 8, 1, 4),
      tensor('visual.patch.weight', 8, 3, 14, 14),
      tensor('visual.merger.fc.weight', 8, 32),
      tensor('lm_head.weight', 100, 8),
      tensor('scale', 1),
    ]);
    expect(told.modules.map(({ name, type, part }) => [name, type, part])).toEqual([
      ['tok', 'Embedding', 'text'],
      ['pos_embed', 'Embedding', 'text'],
      ['norm', 'RMSNorm', 'text'],
      ['ln', 'LayerNorm', 'text'],
      ['layers', 'ModuleList', 'text'],
      ['layers.0', 'Module', 'text'],
      ['layers.0.experts', 'Experts', 'text'],
      ['conv', 'Conv1d', 'text'],
      ['visual', 'Module', 'vision'],
      ['visual.patch', 'Conv2d', 'vision'],
      ['visual.merger', 'Module', 'projector'],
      ['visual.merger.fc', 'Linear', 'projector'],
      ['lm_head', 'Linear', 'text'],
      ['scale', 'Parameter', 'text'],
    ]);
    expect(told).toMatchObject({ inputEmbeddings: 'tok', outputEmbeddings: 'lm_head', tied: true });
  });

  it('leave out what bitsandbytes stores beside a packed weight', () => {
    const told = guessed(config, [
      tensor('a.q.weight', 32, 1),
      tensor('a.q.weight.absmax', 4),
      tensor('a.q.weight.nested_quant_map', 256),
      tensor('a.q.weight.quant_state.bitsandbytes__nf4', 90),
    ]);
    expect(told.modules.map(({ name }) => name)).toEqual(['a', 'a.q']);
  });

  it('need weights', () => {
    const built = build(config, null);
    expect(built).toMatchObject({ ok: false, error: { kind: 'noWeights', file: 'config.json' } });
  });

  it.each([
    ['a name of megabytes', [tensor(`${'x'.repeat(1_000_000)}.weight`, 1)]],
    ['more modules than any model has', Array.from({ length: 210_000 }, (_, index) => tensor(`m${index}.weight`, 1))],
  ])('refuse %s', (_, tensors) => {
    const built = build(config, tensors);
    expect(!built.ok && built.error.kind).toBe('badHeader' satisfies ModelTrouble['kind']);
  });

  it('never throw and never outgrow the tensors, whatever their names and shapes are', () => {
    const part = fc.oneof(fc.constantFrom('0', '1', '', 'layers', 'weight', '__proto__', 'constructor'), fc.string());
    const name = fc.array(part, { maxLength: 60 }).map((parts) => parts.join('.'));
    const header = fc.record({ name, dtype: fc.string(), shape: fc.array(fc.nat(), { maxLength: 7 }) });
    fc.assert(
      fc.property(fc.array(header, { maxLength: 30 }), (tensors) => {
        const built = build(config, tensors);
        if (built.ok) expect(built.value.modules.length).toBeLessThanOrEqual(tensors.length * 25);
      }),
    );
  });
});
