import type { LinearFate, ModelModule, ModelStructure } from '../../../protocol/model';
import type { LoraSection } from './loraConfig';
import { Refused, Unjudged } from './refusal';

/**
 * Modules that are copied and trained whole. peft 0.21.0, utils/other.py _set_trainable: by the end of the name, dot or no
 * dot, after the adapters were made. Throws Refused and Unjudged.
 */
export function savedModules(
  { modules }: ModelStructure,
  { modules_to_save: names }: LoraSection,
  targeted: ReadonlySet<string>,
  fates: ReadonlyMap<string, LinearFate>,
): readonly ModelModule[] {
  const saved = modules.filter(({ name }) => names?.some((key) => name.endsWith(key)) === true);
  for (const { name } of saved) {
    const isInside = (other: string) => other.startsWith(`${name}.`);
    // a copy in a copy, or a copy with adapters in it
    if (targeted.has(name) || saved.some((other) => isInside(other.name)) || [...targeted].some(isInside))
      throw new Unjudged({ kind: 'nestedSaved', module: name });
    // "only Tensors of floating point dtype can require gradients"
    const quantized = modules.find(
      (module) =>
        (module.name === name || isInside(module.name)) && fates.get(module.name)?.kind.startsWith('Linear') === true,
    );
    if (quantized !== undefined) throw new Refused({ kind: 'savedQuantized', module: quantized.name });
  }
  return saved;
}
