import type { ModelModule, ModelStructure } from '../../../protocol/model';
import { isLinear, isRouter } from './layerKind';
import type { LoraSection } from './loraConfig';
import { leafOf } from './matchNames';
import { matchTarget } from './matchTarget';
import { moeNamesOf } from './moeNames';
import { isMambaExcluded } from './mamba';
import { Refused, Unjudged } from './refusal';

/** A layer, or a parameter that holds all experts of a block, that an adapter can be asked for. */
export interface Tickable {
  readonly name: string; // full name
  readonly kind: 'module' | 'parameter';
  readonly module: ModelModule;
}

/**
 * The linear layers that PEFT can reach by target_modules, and fused experts, in the order of the model. Not reachable:
 * routers, names that PEFT takes for those of former experts, layers of a Mamba mixer that it refuses, what is trained whole.
 */
export function tickables(structure: ModelStructure, lora: LoraSection): readonly Tickable[] {
  const renamed = Object.keys(moeNamesOf(structure.modelType)?.renamed ?? {});
  return structure.modules.flatMap((module): Tickable[] => {
    if (isRouter(module)) return [];
    if (isLinear(module)) {
      const { name } = module;
      const isReachable =
        !renamed.includes(leafOf(name)) && !isMambaExcluded(structure.modelType, name) && !isSavedWhole(lora, name);
      return isReachable ? [{ name, kind: 'module', module }] : [];
    }
    return module.parameters
      .filter(({ shape }) => shape.length === 3)
      .map(({ name }) => ({ name: `${module.name}.${name}`, kind: 'parameter', module }));
  });
}

/** PEFT never adapts what modules_to_save names, nor what is in it. */
function isSavedWhole(lora: LoraSection, name: string): boolean {
  if (lora.modules_to_save === null) return false;
  const section = { ...lora, exclude_modules: null };
  try {
    const config = { targetParameters: [], rankPattern: new Map(), alphaPattern: new Map() };
    return matchTarget({ ...config, section, targetModules: new Set<string>() }, name) === 'excluded';
  } catch (error) {
    if (error instanceof Refused || error instanceof Unjudged) return true;
    throw error;
  }
}
