import type { LayerModule } from './layerModules';
import { shapeText } from './layerWords';

/** What is said of the rows below a node, all together. */
export interface LayerFacts {
  readonly layers: number;
  readonly parameters: number;
  /** Those that LoRA can work on, and of them those that the recipe names. */
  readonly tickable: number;
  readonly ticked: number;
  /** Those that get an adapter, and those that are trained whole. */
  readonly targeted: number;
  readonly saved: number;
  /** Trainable parameters of their adapters. */
  readonly adapter: number;
  /** null: not all of them are alike. */
  readonly type: string | null;
  readonly shape: string | null;
  readonly dtype: string | null;
}

export function factsOf(modules: readonly LayerModule[]): LayerFacts {
  const count = (isOne: (module: LayerModule) => boolean): number => modules.filter(isOne).length;
  return {
    layers: modules.length,
    parameters: modules.reduce((sum, { parameters }) => sum + parameters, 0),
    tickable: count(({ ticked }) => ticked !== null),
    ticked: count(({ ticked }) => ticked === true),
    targeted: count(({ role }) => role === 'lora'),
    saved: count(({ role }) => role === 'saved'),
    adapter: modules.reduce((sum, { adapter }) => sum + (adapter?.parameters ?? 0), 0),
    type: shared(modules, ({ type }) => type),
    shape: shared(modules, shapeText),
    dtype: shared(modules, ({ dtype }) => dtype ?? ''),
  };
}

function shared(modules: readonly LayerModule[], of: (module: LayerModule) => string): string | null {
  const values = new Set(modules.map(of));
  const [only] = values;
  return values.size === 1 && only !== undefined && only !== '' ? only : null;
}
