import type { LinearFate, ModelModule, ModelStructure } from '../../protocol/model';
import type { FullRecipe } from '../recipe/schema/recipe';
import { skipList, type SkipReason } from './quantizeSkips';

type Quantization = FullRecipe['model']['quantization_config'];
type Kind = Extract<LinearFate, { kind: 'Linear4bit' | 'Linear8bitLt' }>['kind'];

/**
 * What replace_with_bnb_linear (transformers 5.18.0, integrations/bitsandbytes.py) makes of each linear layer, by full name:
 * nn.Linear and Conv1D, and classes made of nn.Linear, which it leaves alone.
 */
export function linearFates(structure: ModelStructure, quantization: Quantization): ReadonlyMap<string, LinearFate> {
  const kind = kindOf(structure, quantization);
  const skips = kind === null ? [] : skipList(structure);
  const fates = new Map<string, LinearFate>();
  for (const module of structure.modules) {
    if (isLinear(module)) fates.set(module.name, fateOf(module, kind, skips));
  }
  return fates;
}

/** Classes made of nn.Linear that aren't called so: routers whose forward gives more than a product. */
const MADE_OF_LINEAR: ReadonlySet<string> = new Set(['Llama4Router', 'PhimoeTopKRouter']);

/** nn.Linear, Conv1D, or a class made of nn.Linear: they have in_features and out_features, as PEFT's LoRA wants them. */
export function isLinear({ type, parameters }: ModelModule): boolean {
  if (type === 'Conv1D' || MADE_OF_LINEAR.has(type)) return true;
  return type.endsWith('Linear') && parameters.some(({ name, shape }) => name === 'weight' && shape.length === 2);
}

function fateOf(module: ModelModule, kind: Kind | null, skips: ReturnType<typeof skipList>): LinearFate {
  if (kind === null) return { kind: 'kept', why: 'notQuantized' };
  const skip = skips.find(({ matches }) => matches(module.name));
  if (skip !== undefined) return { kind: 'kept', why: skip.why satisfies SkipReason };
  // `type(module) is nn.Linear`, so no class made of it.
  return module.type === 'Linear' || module.type === 'Conv1D' ? { kind } : { kind: 'kept', why: 'notLinear' };
}

/** A checkpoint that is quantised stays as it is, whatever is asked for (quantizers/auto.py, merge_quantization_configs). */
function kindOf({ prequantized, quantMethod }: ModelStructure, quantization: Quantization): Kind | null {
  const section = prequantized ?? (quantMethod === null ? quantization : null);
  if (section === null) return null;
  // BitsAndBytesConfig.quantization_method: 8 bits first.
  if (section.load_in_8bit) return 'Linear8bitLt';
  return section.load_in_4bit ? 'Linear4bit' : null;
}
