import type { Dtype, LinearFate, LoraPlan, ModelModule, ModelStructure } from '../../protocol/model';
import type { EventOf, ModuleInfo } from '../../protocol/trainer';
import type { FullRecipe } from '../recipe/schema/recipe';
import { elementsOf } from './elements';

/** What a module should be once the trainer has loaded it, in the words of its `structure` event. */
export type ExpectedModule = Omit<ModuleInfo, 'trainable'>;

export interface ExpectedFacts {
  readonly structure: ModelStructure;
  readonly fates: ReadonlyMap<string, LinearFate>;
  readonly plan: LoraPlan;
  readonly recipe: FullRecipe;
  /** The step that told, and what it ran on. */
  readonly step: EventOf<'structure'>['step'];
  readonly device: 'cuda' | 'mps' | 'cpu';
}

export function expectedModules(facts: ExpectedFacts): readonly ExpectedModule[] {
  const targets = facts.step === 'lora' ? targetedModules(facts.plan) : new Set<string>();
  const dtype = weightDtype(facts);
  const isPrepared = facts.step === 'lora' && isQuantized(facts.fates);
  return facts.structure.modules.map((module) => {
    const fate = facts.fates.get(module.name);
    const isPacked = fate !== undefined && fate.kind !== 'kept';
    const weight = module.parameters.find(({ name }) => name === 'weight');
    return {
      name: module.name,
      type: isPacked ? fate.kind : module.type,
      shape: weight === undefined ? null : [...weight.shape],
      dtype: weight === undefined ? null : isPacked ? PACKED[fate.kind] : plainDtype(module, dtype, facts, isPrepared),
      parameters: module.parameters.reduce((sum, { shape }) => sum + elementsOf(shape), 0),
      target: targets.has(module.name),
    };
  });
}

/** bitsandbytes 0.50.2: quant_storage of Params4bit, Int8Params. */
const PACKED = { Linear4bit: 'uint8', Linear8bitLt: 'int8' } as const;

/** Of the module that PEFT wraps: a targeted parameter's is the one that owns it (peft ParamWrapper). */
function targetedModules({ targets }: LoraPlan): ReadonlySet<string> {
  return new Set(
    targets.map(({ name, kind }) => (kind === 'module' ? name : name.slice(0, Math.max(0, name.lastIndexOf('.'))))),
  );
}

/** Of what isn't packed: trainer/src/tunebook_trainer/precision.py, weight_dtype. */
export function weightDtype({
  structure,
  recipe,
  device,
}: Pick<ExpectedFacts, 'structure' | 'recipe' | 'device'>): Dtype {
  if (recipe.model.dtype !== 'auto') return recipe.model.dtype;
  return device === 'cpu' ? 'float32' : structure.dtype;
}

/** prepare_model_for_kbit_training makes all 16-bit weights that aren't packed float32 (peft 0.21.0, utils/other.py). */
function plainDtype(module: ModelModule, dtype: Dtype, { structure }: ExpectedFacts, isPrepared: boolean): Dtype {
  const isHalf = dtype === 'float16' || dtype === 'bfloat16';
  return isHalf && (isPrepared || isKeptInFp32(module.name, dtype, structure)) ? 'float32' : dtype;
}

/** transformers 5.18.0, modeling_utils.py: the patterns are searched for between dots of a parameter's name. */
function isKeptInFp32(name: string, dtype: Dtype, { keepInFp32, keepInFp32Strict }: ModelStructure): boolean {
  const patterns = dtype === 'float16' ? [...keepInFp32, ...keepInFp32Strict] : keepInFp32Strict;
  return patterns.some((pattern) => `.${name}.`.includes(`.${pattern}.`));
}

function isQuantized(fates: ReadonlyMap<string, LinearFate>): boolean {
  return [...fates.values()].some(({ kind }) => kind !== 'kept');
}
