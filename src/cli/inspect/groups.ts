import type { LoraTarget, ModelModule, ModelParameter } from '../../protocol/model';
import { type Look, planOf } from './look';
import { elementsOf } from '../../core/model/elements';

/** Layers that are alike but for the numbers in their names. */
export interface LayerGroup {
  /** Numbers are stars: "model.layers.*.self_attn.q_proj". */
  readonly name: string;
  readonly count: number;
  readonly type: string; // once loaded: "Linear4bit"
  readonly dtype: string | null;
  readonly shape: readonly number[];
  /** Of all: what is tied counts where it is tied to. */
  readonly parameters: number;
  readonly tiedTo: string | null;
  /** Of each; null without an adapter. */
  readonly target: LoraTarget | null;
  /** Trained whole, and kept with the adapter. */
  readonly saved: boolean;
  readonly isLinear: boolean;
}

/** In the order of the model; modules without parameters are left out. */
export function layerGroups(look: Look): readonly LayerGroup[] {
  const groups = new Map<string, LayerGroup>();
  for (const row of rowsOf(look)) {
    const { name, type, dtype, shape, tiedTo, target, saved } = row;
    const key = JSON.stringify([name, type, dtype, shape, tiedTo, target && [target.r, target.alpha], saved]);
    const group = groups.get(key);
    const count = (group?.count ?? 0) + 1;
    groups.set(key, { ...row, count, parameters: (group?.parameters ?? 0) + row.parameters });
  }
  return [...groups.values()];
}

type Row = Omit<LayerGroup, 'count'>;

function* rowsOf(look: Look): Generator<Row> {
  const { structure, fates, modules } = look;
  const plan = planOf(look.lora);
  const targets = new Map(plan.targets.map((target) => [target.name, target]));
  const expected = new Map(modules.map((module) => [module.name, module]));
  for (const module of structure.modules) {
    const { type = module.type, dtype = null } = expected.get(module.name) ?? {};
    const saved = plan.saved.some((name) => module.name === name || module.name.startsWith(`${name}.`));
    const fate = fates.get(module.name);
    for (const { name, shape, parameters, tiedTo } of partsOf(module)) {
      yield {
        name: starred(name),
        type,
        dtype,
        shape,
        parameters,
        tiedTo,
        target: targets.get(name) ?? null,
        saved,
        isLinear: fate !== undefined,
      };
    }
  }
}

interface Part {
  readonly name: string;
  readonly shape: readonly number[];
  readonly parameters: number;
  readonly tiedTo: string | null;
}

/** A module with its weight and bias; each parameter by itself where there is no weight: fused experts have several. */
function partsOf({ name, parameters }: ModelModule): readonly Part[] {
  const weight = parameters.find((parameter) => parameter.name === 'weight');
  if (weight === undefined)
    return parameters.map((parameter) => ({
      name: `${name}.${parameter.name}`,
      shape: parameter.shape,
      parameters: ownSize(parameter),
      tiedTo: parameter.tiedTo,
    }));
  const size = parameters.reduce((sum, parameter) => sum + ownSize(parameter), 0);
  return [{ name, shape: weight.shape, parameters: size, tiedTo: weight.tiedTo }];
}

function ownSize({ shape, tiedTo }: ModelParameter): number {
  return tiedTo === null ? elementsOf(shape) : 0;
}

function starred(name: string): string {
  return name.replace(/(?<=^|\.)\d+(?=\.|$)/g, '*');
}
