import type { ModelStructure } from '../../../protocol/model';
import { isLinear } from './layerKind';

export function isAllLinear(targets: string): boolean {
  return targets.toLowerCase() === 'all-linear';
}

/** _maybe_include_all_linear_layers: whole names, without the head. */
export function allLinear({ modules, outputEmbeddings }: ModelStructure): ReadonlySet<string> {
  return new Set(
    modules.filter((module) => isLinear(module) && module.name !== outputEmbeddings).map(({ name }) => name),
  );
}
