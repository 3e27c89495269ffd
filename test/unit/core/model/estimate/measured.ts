import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseModelConfig } from '../../../../../src/core/model/config';
import { estimateMemory, type EstimateFacts } from '../../../../../src/core/model/estimate/estimate';
import { buildStructure } from '../../../../../src/core/model/structure';
import { recipeSchema } from '../../../../../src/core/recipe/schema/recipe';
import type { EstimateMachine, MemoryEstimate, ModelStructure } from '../../../../../src/protocol/model';

/** What was measured of one training (tools/gpu/measure_memory.py). Bytes. */
export interface Measured {
  readonly name: string;
  readonly shape: string;
  readonly recipe: { readonly model: object; readonly lora: object; readonly train: object };
  /** Tokens of padded rows. */
  readonly lengths: readonly number[] | null;
  readonly loadedBytes: number;
  readonly preparedBytes: number;
  readonly trainable: number;
  readonly peakBytes: number;
  readonly reservedBytes: number;
  readonly contextBytes: number | null;
}

interface Fixture {
  readonly versions: Readonly<Record<string, string>>;
  readonly device: { readonly name: string; readonly capability: string; readonly memoryBytes: number };
  readonly configs: Readonly<Record<string, object>>;
  readonly settings: readonly Measured[];
}

const FILE = path.join(import.meta.dirname, '../../../../fixtures/memory/measured.json');

export const fixture: Fixture = JSON.parse(readFileSync(FILE, 'utf8'));

const machine: EstimateMachine = {
  device: 'cuda',
  bf16: true,
  gpu: { index: 0, ...fixture.device, totalBytes: fixture.device.memoryBytes, freeBytes: fixture.device.memoryBytes },
};

export function structureOf(config: object): ModelStructure {
  const parsed = parseModelConfig(JSON.stringify(config), 'config.json');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  const structure = buildStructure(parsed.value, null);
  if (!structure.ok) throw new Error(JSON.stringify(structure.error));
  return structure.value;
}

export function factsOf({ shape, recipe, lengths }: Measured): EstimateFacts {
  const config = fixture.configs[shape];
  if (config === undefined) throw new Error(`No shape ${shape}.`);
  const full = recipeSchema.parse({ ...recipe, data: { path: 'rows.jsonl' } });
  return { structure: structureOf(config), recipe: full, machine, lengths };
}

export function estimated(measured: Measured): MemoryEstimate {
  return estimateMemory(factsOf(measured));
}
