import { message } from '../../common/message';
import type { ModelModule, StructureNote } from '../../protocol/model';
import type { TensorRules } from './families/family';
import { isLinear } from './quantize';
import type { TensorHeader } from './structure';
import { loadedNames } from './tensorNames';

/** More tell no more. */
export const MOST_NOTES = 20;

interface Found {
  readonly tensor: string;
  readonly shape: readonly number[];
}

/**
 * Where the weights hold something else than the modules that config.json makes, as from_pretrained's loading report tells
 * it (modeling_utils._load_pretrained_model). `quantized`: the checkpoint's own linear layers are packed, under names and in
 * shapes of their own. At most MOST_NOTES.
 */
export function structureNotes(
  modules: readonly ModelModule[],
  rules: TensorRules,
  tensors: readonly TensorHeader[],
  quantized: boolean,
): readonly StructureNote[] {
  const expected = expectedParameters(modules);
  const buffers = new Set(modules.flatMap(({ name, buffers: own }) => own.map((buffer) => `${name}.${buffer.name}`)));
  const packed = new Set(quantized ? modules.filter(isLinear).map(({ name }) => name) : []);
  const found = new Map<string, Found[]>();
  const unexpected: string[] = [];
  for (const { name, shape } of tensors) {
    const loaded = loadedNames(name, rules, (candidate) => expected.has(candidate));
    const known = loaded.names.filter((candidate) => expected.has(candidate));
    for (const candidate of known) {
      // What is joined or split on the way isn't compared by shape.
      const list = found.get(candidate) ?? [];
      if (list.length === 0 && !loaded.converted) list.push({ tensor: name, shape });
      found.set(candidate, list);
    }
    if (known.length === 0 && !isLeftOut(loaded.names[0] ?? name, rules, buffers) && !within(name, packed)) {
      unexpected.push(name);
    }
  }
  return bounded([
    ...shapes(expected, found, packed),
    ...missing(expected, found, packed),
    ...unexpected.map((tensor) => ({
      kind: 'unexpectedTensor' as const,
      tensor: shown(tensor),
      message: message(
        '{0} is in the weights, but this kind of model has no such parameter: it is left out.',
        shown(tensor),
      ),
    })),
  ]);
}

interface Expected {
  readonly module: string;
  readonly shape: readonly number[];
  readonly tiedTo: string | null;
}

function expectedParameters(modules: readonly ModelModule[]): ReadonlyMap<string, Expected> {
  return new Map(
    modules.flatMap(({ name, parameters }) =>
      parameters.map(({ name: own, shape, tiedTo }): [string, Expected] => [
        `${name}.${own}`,
        { module: name, shape, tiedTo },
      ]),
    ),
  );
}

/** _adjust_missing_and_unexpected_keys, and buffers that are stored. */
function isLeftOut(name: string, { ignored }: TensorRules, buffers: ReadonlySet<string>): boolean {
  if (buffers.has(name) || ignored.some((pattern) => pattern.test(name))) return true;
  const has = (end: string): boolean => [...buffers].some((buffer) => buffer.endsWith(end));
  if (/rotary_emb\.inv_freq/.test(name)) return has('rotary_emb.inv_freq');
  return /(^|\.)position_ids$/.test(name) && has('position_ids');
}

function within(tensor: string, packed: ReadonlySet<string>): boolean {
  for (let end = tensor.lastIndexOf('.'); end > 0; end = tensor.lastIndexOf('.', end - 1)) {
    if (packed.has(tensor.slice(0, end))) return true;
  }
  return false;
}

function shapes(
  expected: ReadonlyMap<string, Expected>,
  found: ReadonlyMap<string, readonly Found[]>,
  packed: ReadonlySet<string>,
): StructureNote[] {
  return [...expected].flatMap(([name, { module, shape }]) => {
    const first = found.get(name)?.[0];
    if (first === undefined || packed.has(module) || same(first.shape, shape)) return [];
    return [
      {
        kind: 'otherShape' as const,
        tensor: shown(first.tensor),
        message: message(
          '{0} is {1} in the weights, but {2} by config.json: it can’t be loaded.',
          shown(first.tensor),
          sizes(first.shape),
          sizes(shape),
        ),
      },
    ];
  });
}

function missing(
  expected: ReadonlyMap<string, Expected>,
  found: ReadonlyMap<string, unknown>,
  packed: ReadonlySet<string>,
): StructureNote[] {
  // tie_weights: of weights that are one, any that is stored will do.
  const stored = new Set([...expected].flatMap(([name, { tiedTo }]) => (found.has(name) ? [tiedTo ?? name] : [])));
  return [...expected].flatMap(([name, { module, tiedTo }]) => {
    if (found.has(name) || stored.has(tiedTo ?? name) || packed.has(module)) return [];
    return [
      {
        kind: 'missingTensor' as const,
        tensor: name,
        message: message('{0} is missing in the weights: it would start with random numbers.', name),
      },
    ];
  });
}

function bounded(notes: readonly StructureNote[]): readonly StructureNote[] {
  const last = notes[MOST_NOTES - 1];
  if (notes.length <= MOST_NOTES || last === undefined) return notes;
  const rest = notes.length - MOST_NOTES + 1;
  return [
    ...notes.slice(0, MOST_NOTES - 1),
    { ...last, message: message('{0} and {1} more differ from what config.json says.', last.tensor, rest - 1) },
  ];
}

function same(left: readonly number[], right: readonly number[]): boolean {
  return left.length === right.length && left.every((size, index) => size === right[index]);
}

function sizes(shape: readonly number[]): string {
  return `[${shape.slice(0, 8).join(', ')}${shape.length > 8 ? ', …' : ''}]`;
}

function shown(name: string): string {
  return name.length > 200 ? `${name.slice(0, 200)}…` : name;
}
