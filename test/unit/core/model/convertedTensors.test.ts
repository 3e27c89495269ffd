import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

import { parseModelConfig } from '../../../../src/core/model/config';
import type { Effective } from '../../../../src/core/model/estimate/effective';
import { baseFootprint } from '../../../../src/core/model/estimate/footprint';
import { linearFates } from '../../../../src/core/model/quantize';
import { buildStructure } from '../../../../src/core/model/structure';
import type { Dtype, ModelStructure, StructureNoteKind } from '../../../../src/protocol/model';
import { structureOf } from './structureReference';

interface Told {
  readonly tensors: readonly [name: string, shape: number[]][];
  readonly missing: readonly string[];
  readonly unexpected: readonly string[];
  readonly mismatched: readonly string[];
}

interface Loaded {
  readonly bytes: number;
  readonly packed: readonly string[];
  /** Of parameters and buffers outside of packed layers, whose dtype isn't the one that was asked for. */
  readonly otherDtypes: Readonly<Record<string, string>>;
}

interface Reference {
  readonly config: Record<string, unknown>;
  readonly checkpoints: Readonly<Record<string, Told>>;
  readonly loaded: Readonly<Record<string, Loaded>>;
}

const file = fileURLToPath(new URL('../../../fixtures/structure/converted.json.gz', import.meta.url));
// SAFETY: tools/parity/structure_converted_reference.py writes this shape.
const references = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Record<string, Reference>;

function withTensors(config: Readonly<Record<string, unknown>>, { tensors }: Told): ModelStructure {
  const parsed = parseModelConfig(JSON.stringify(config), 'config.json');
  if (!parsed.ok) throw new Error(parsed.error.message.text);
  const headers = tensors.map(([name, shape]) => ({ name, dtype: 'BF16', shape }));
  const built = buildStructure(parsed.value, { tensors: headers, files: [] });
  if (!built.ok) throw new Error(built.error.message.text);
  return built.value;
}

function named({ notes }: ModelStructure, kind: StructureNoteKind): string[] {
  return notes.flatMap((note) => (note.kind === kind ? [note.tensor] : [])).sort();
}

const checkpoints = Object.entries(references).flatMap(([name, { config, checkpoints: told }]) =>
  Object.entries(told).map(([kind, one]) => [`${name}, ${kind}`, config, one] as const),
);

describe('tensors that from_pretrained joins or renames are told as it reports them:', () => {
  it.each(checkpoints)('%s', (_, config, told) => {
    const structure = withTensors(config, told);
    expect(structure.basis).toBe('family');
    expect(named(structure, 'missingTensor')).toEqual(told.missing);
    expect(named(structure, 'unexpectedTensor')).toEqual(told.unexpected);
    expect(named(structure, 'otherShape')).toEqual(told.mismatched);
  });
});

const NF4 = {
  load_in_4bit: true,
  load_in_8bit: false,
  bnb_4bit_quant_type: 'nf4',
  bnb_4bit_use_double_quant: true,
  bnb_4bit_compute_dtype: 'auto',
} as const;

/** The settings of a recipe with these weights, as the estimate takes them. */
function effective(structure: ModelStructure, dtype: Dtype, quantization: typeof NF4 | null): Effective {
  return {
    fates: linearFates(structure, quantization),
    dtype,
    compute: 'bfloat16',
    autocast: null,
    isQuantized: quantization !== null,
    doubleQuant: true,
  };
}

function footprintOf(structure: ModelStructure, dtype: Dtype, quantization: typeof NF4 | null): number {
  const { quantized, others } = baseFootprint(structure, effective(structure, dtype, quantization), false);
  return quantized + others;
}

describe.each(Object.entries(references))('a real model with experts or a vision tower: %s', (_, reference) => {
  const structure = structureOf(reference.config);
  const loaded = (kind: string): Loaded => reference.loaded[kind]!;

  it('has of its layers those in 4 bits that bitsandbytes packs, and no experts among them', () => {
    const packed = [...linearFates(structure, NF4)].flatMap(([name, { kind }]) =>
      kind === 'Linear4bit' ? [name] : [],
    );
    expect(packed).toEqual(loaded('nf4').packed);
    expect(packed.filter((name) => /experts$|router$/.test(name))).toEqual([]);
  });

  it('takes the memory that is foreseen', () => {
    for (const dtype of ['bfloat16', 'float16', 'float32'] as const) {
      expect(footprintOf(structure, dtype, null)).toBe(loaded(dtype).bytes);
    }
    for (const kind of ['nf4', 'nf4 double']) expect(footprintOf(structure, 'bfloat16', NF4)).toBe(loaded(kind).bytes);
  });
});
