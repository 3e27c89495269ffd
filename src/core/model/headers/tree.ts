import type { TensorHeader } from '../structure';

/** Of any published model less than 15. */
const MOST_DEPTH = 24;
/** PyTorch knows no limit; Python's longest in published models is some 150. */
export const MOST_NAME = 500;

/** A module as the names of tensors tell it. */
export interface NamedModule {
  readonly parameters: Map<string, readonly number[]>;
  readonly children: Map<string, NamedModule>;
}

/** Modules by the dots in the tensors' names: the last part is the parameter's. */
export function treeOf(tensors: readonly TensorHeader[]): NamedModule {
  const root: NamedModule = { parameters: new Map(), children: new Map() };
  for (const { name, shape } of tensors) {
    const parts = name.split('.', MOST_DEPTH + 1);
    const parameter = name.slice(name.lastIndexOf('.') + 1);
    let at = root;
    for (const part of parts.slice(0, Math.min(parts.length - 1, MOST_DEPTH))) {
      const next: NamedModule = at.children.get(part) ?? { parameters: new Map(), children: new Map() };
      at.children.set(part, next);
      at = next;
    }
    at.parameters.set(parameter, shape);
  }
  return root;
}

/**
 * Children in the order of their first tensors, and numbered ones by their numbers: files are often sorted by name, where 10
 * comes before 2.
 */
export function childrenOf({ children }: NamedModule): readonly (readonly [string, NamedModule])[] {
  const entries = [...children];
  return isList(children) ? entries.sort(([left], [right]) => Number(left) - Number(right)) : entries;
}

/** Whether it is what nn.ModuleList and nn.Sequential look like. */
export function isList(children: ReadonlyMap<string, NamedModule>): boolean {
  return children.size > 0 && [...children.keys()].every((key) => /^\d{1,6}$/.test(key));
}
