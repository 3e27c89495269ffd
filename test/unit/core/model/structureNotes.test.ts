import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

import { parseModelConfig } from '../../../../src/core/model/config';
import { buildStructure, type TensorHeader } from '../../../../src/core/model/structure';
import { MOST_NOTES } from '../../../../src/core/model/structureNotes';
import type { ModelStructure, StructureNoteKind } from '../../../../src/protocol/model';
import { structureOf } from './structureReference';

interface Reference {
  readonly config: Record<string, unknown>;
  readonly tensors: readonly [name: string, shape: number[]][];
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  readonly mismatched: readonly string[];
}

const file = fileURLToPath(new URL('../../../fixtures/structure/notes.json.gz', import.meta.url));
// SAFETY: tools/parity/structure_notes_reference.py writes this shape.
const references = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Record<string, Reference>;

function withTensors(config: Readonly<Record<string, unknown>>, tensors: readonly TensorHeader[]): ModelStructure {
  const parsed = parseModelConfig(JSON.stringify(config), 'config.json');
  const built = parsed.ok ? buildStructure(parsed.value, { tensors, files: [] }) : parsed;
  if (!built.ok) throw new Error(built.error.message.text);
  return built.value;
}

/** Exactly what the model holds. */
function tensorsOf({ modules }: ModelStructure): TensorHeader[] {
  return modules.flatMap(({ name, parameters }) =>
    parameters.map(({ name: own, shape }) => ({ name: `${name}.${own}`, dtype: 'F32', shape })),
  );
}

function named({ notes }: ModelStructure, kind: StructureNoteKind): string[] {
  return notes
    .filter((note) => note.kind === kind)
    .map(({ tensor }) => tensor)
    .sort();
}

describe('weights that hold something else than config.json says are told as from_pretrained reports them:', () => {
  it.each(Object.entries(references))('%s', (_, { config, tensors, missing, unexpected, mismatched }) => {
    const structure = withTensors(
      config,
      tensors.map(([name, shape]) => ({ name, dtype: 'F32', shape })),
    );
    expect(named(structure, 'missingTensor')).toEqual(missing);
    expect(named(structure, 'unexpectedTensor')).toEqual(unexpected);
    expect(named(structure, 'otherShape')).toEqual(mismatched);
  });
});

describe('notes on a structure', () => {
  const config = { model_type: 'llama', hidden_size: 64, num_attention_heads: 4, num_hidden_layers: 40 };

  it('are none for weights as they should be', () => {
    expect(withTensors(config, tensorsOf(structureOf(config))).notes).toEqual([]);
  });

  it('are bounded, and the last tells how many there are', () => {
    const { notes } = withTensors(config, []);
    expect(notes).toHaveLength(MOST_NOTES);
    // 40 layers of 9 tensors, and three more.
    expect(notes.at(-1)?.message.args).toEqual([notes.at(-1)?.tensor, 363 - MOST_NOTES]);
  });

  it('shorten names that no one could read', () => {
    const name = `${'x'.repeat(100_000)}.weight`;
    const { notes } = withTensors(config, [...tensorsOf(structureOf(config)), { name, dtype: 'F32', shape: [1] }]);
    expect(notes).toHaveLength(1);
    expect(notes[0]?.tensor.length).toBeLessThan(300);
  });

  it('leave the packed layers of a quantised checkpoint alone, and nothing else', () => {
    const plain = structureOf({ ...config, num_hidden_layers: 1 });
    const tensors = tensorsOf(plain).flatMap((tensor) =>
      tensor.name.includes('_proj')
        ? [
            { name: tensor.name, dtype: 'U8', shape: [2048, 1] },
            { name: `${tensor.name}.absmax`, dtype: 'F32', shape: [8] },
            { name: `${tensor.name}.quant_state.bitsandbytes__nf4`, dtype: 'U8', shape: [80] },
          ]
        : tensor.name.includes('input_layernorm')
          ? [{ ...tensor, shape: [63] }]
          : [tensor],
    );
    const quantization_config = { quant_method: 'bitsandbytes', load_in_4bit: true };
    const structure = withTensors({ ...config, num_hidden_layers: 1, quantization_config }, tensors);
    expect(structure.notes.map(({ kind, tensor }) => [kind, tensor])).toEqual([
      ['otherShape', 'model.layers.0.input_layernorm.weight'],
    ]);
  });
});
