import type { ModelStructure } from '../../../protocol/model';
import type { Suggestions } from '../../recipe/complete';
import type { LoraSection } from './loraConfig';
import { leafOf, suffixesOf } from './matchNames';
import { tickables } from './reach';

/** Names of this model to complete the lists of the lora section with. */
export function loraSuggestions(structure: ModelStructure, lora: LoraSection): Suggestions {
  const layers = tickables(structure, { ...lora, modules_to_save: null });
  const names = (kind: 'module' | 'parameter', nameOf: (name: string) => string) => [
    ...new Set(layers.filter((layer) => layer.kind === kind).map(({ name }) => nameOf(name))),
  ];
  const linear = names('module', leafOf);
  const whole = [structure.inputEmbeddings, structure.outputEmbeddings].flatMap((name) => name ?? []);
  return {
    'lora.target_modules': linear,
    'lora.exclude_modules': linear,
    'lora.target_parameters': names('parameter', (name) => suffixesOf(name)[1] ?? name),
    'lora.modules_to_save': whole.map(leafOf),
  };
}
