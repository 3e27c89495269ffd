import type { EventOf, ModuleInfo } from '../../protocol/trainer';
import type { ExpectedModule } from './expectedModules';

export type DifferenceKind = 'missing' | 'extra' | 'class' | 'shape' | 'dtype' | 'parameters' | 'target' | 'order';

/** Where the loaded model is another than the editor told before. `expected`, `loaded`: null where there is none. */
export interface StructureDifference {
  readonly kind: DifferenceKind;
  readonly name: string;
  readonly expected: string | null;
  readonly loaded: string | null;
}

/** Compares name by name what was told before the run with the modules that the trainer has. None: told exactly. */
export function compareStructure(
  expected: readonly ExpectedModule[],
  loaded: EventOf<'structure'>['modules'],
): readonly StructureDifference[] {
  const there = new Map(loaded.map((module) => [module.name, module]));
  const told = new Set(expected.map(({ name }) => name));
  const differences = expected.flatMap((module): readonly StructureDifference[] => {
    const real = there.get(module.name);
    return real === undefined
      ? [{ kind: 'missing', name: module.name, expected: module.type, loaded: null }]
      : compareModule(module, real);
  });
  const extra = loaded.flatMap(({ name, type }): readonly StructureDifference[] =>
    told.has(name) ? [] : [{ kind: 'extra', name, expected: null, loaded: type }],
  );
  return [...differences, ...extra, ...compareOrder(expected, loaded, told, there)];
}

function compareModule(expected: ExpectedModule, loaded: ModuleInfo): readonly StructureDifference[] {
  const facts: readonly (readonly [DifferenceKind, string | null, string | null])[] = [
    ['class', expected.type, loaded.type],
    ['shape', shapeText(expected.shape), shapeText(loaded.shape)],
    ['dtype', expected.dtype, loaded.dtype],
    ['parameters', String(expected.parameters), String(loaded.parameters)],
    ['target', targetText(expected.target), targetText(loaded.target)],
  ];
  return facts
    .filter(([, then, now]) => then !== now)
    .map(([kind, then, now]) => ({ kind, name: expected.name, expected: then, loaded: now }));
}

/** Where all names are the same in another order, the first that stands elsewhere. */
function compareOrder(
  expected: readonly ExpectedModule[],
  loaded: EventOf<'structure'>['modules'],
  told: ReadonlySet<string>,
  there: ReadonlyMap<string, ModuleInfo>,
): readonly StructureDifference[] {
  const then = expected.filter(({ name }) => there.has(name));
  const now = loaded.filter(({ name }) => told.has(name));
  const index = then.findIndex(({ name }, at) => name !== now[at]?.name);
  const [first, second] = [then[index], now[index]];
  if (first === undefined || second === undefined) return [];
  return [{ kind: 'order', name: first.name, expected: first.name, loaded: second.name }];
}

function shapeText(shape: readonly number[] | null): string | null {
  return shape === null ? null : shape.join('×');
}

function targetText(target: boolean): string {
  return target ? 'LoRA' : 'no LoRA';
}
