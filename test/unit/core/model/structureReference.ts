import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

import { parseModelConfig } from '../../../../src/core/model/config';
import { buildStructure } from '../../../../src/core/model/structure';
import type { Dtype, ModelStructure } from '../../../../src/protocol/model';

type Kind = [
  type: string,
  parameters: [name: string, shape: number[]][],
  buffers: [name: string, shape: number[], dtype: string | null][],
];
type Row = [name: string, kind: number];

interface Blocks {
  readonly list: string;
  readonly first: number;
  readonly count: number;
  readonly modules: readonly Row[];
}

/** What tools/parity/structure_record.py tells of one config.json. */
export interface StructureReference {
  readonly config: Record<string, unknown>;
  readonly architecture: string;
  readonly kinds: readonly Kind[];
  readonly modules: readonly (Row | Blocks)[];
  readonly ties: Record<string, string>;
  readonly inputEmbeddings: string;
  readonly outputEmbeddings: string | null;
  readonly keepInFp32: readonly string[];
  readonly keepInFp32Strict: readonly string[];
  readonly footprint: Readonly<Record<'bfloat16' | 'float32', number>>;
  /** Linear layers that the quantizer leaves as they are. */
  readonly kept: readonly string[];
}

export function readStructureReferences(name: string): Record<string, StructureReference> {
  const file = fileURLToPath(new URL(`../../../fixtures/structure/${name}`, import.meta.url));
  // SAFETY: structure_record.py writes this shape.
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Record<string, StructureReference>;
}

/** One line a module: what both sides tell of it. */
export function expectedModules({ kinds, modules }: StructureReference): string[] {
  return modules.flatMap((told) => {
    if (Array.isArray(told)) return [line(told[0], kinds[told[1]]!)];
    return Array.from({ length: told.count }, (_, index) => `${told.list}.${told.first + index}`).flatMap((block) =>
      told.modules.map(([below, kind]) => line(below === '' ? block : `${block}.${below}`, kinds[kind]!)),
    );
  });
}

export function modulesOf({ modules }: ModelStructure): string[] {
  return modules.map(({ name, type, parameters, buffers }) =>
    line(name, [
      type,
      // named_parameters() of one module lists a shared parameter there, too.
      parameters.map(({ name: own, shape }) => [own, [...shape]]),
      buffers.map(({ name: own, shape, dtype }) => [own, [...shape], dtype]),
    ]),
  );
}

function line(name: string, [type, parameters, buffers]: Kind): string {
  return `${name}: ${type} ${JSON.stringify(parameters)} ${JSON.stringify(buffers)}`;
}

export function tiesOf({ modules }: ModelStructure): Record<string, string> {
  return Object.fromEntries(
    modules.flatMap(({ name, parameters }) =>
      parameters.flatMap(({ name: own, tiedTo }) => (tiedTo === null ? [] : [[`${name}.${own}`, tiedTo]])),
    ),
  );
}

function elements(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** get_memory_footprint() of the model in one dtype. */
export function footprintOf({ modules }: ModelStructure, dtype: Dtype): number {
  const bytes: Readonly<Record<string, number>> = { float32: 4, bfloat16: 2, float16: 2, int64: 8, bool: 1 };
  return modules
    .flatMap(({ parameters, buffers }) => [
      ...parameters.filter(({ tiedTo }) => tiedTo === null).map(({ shape }) => elements(shape) * bytes[dtype]!),
      ...buffers.map(({ shape, dtype: own }) => elements(shape) * bytes[own ?? dtype]!),
    ])
    .reduce((sum, size) => sum + size, 0);
}

/** The structure of a config.json; throws with the trouble's words where there is one. */
export function structureOf(config: Readonly<Record<string, unknown>>): ModelStructure {
  const parsed = parseModelConfig(JSON.stringify(config), 'config.json');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error.message));
  const built = buildStructure(parsed.value, null);
  if (!built.ok) throw new Error(JSON.stringify(built.error.message));
  return built.value;
}
