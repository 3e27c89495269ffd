import { type Message, message } from '../../../common/message';
import type { ModelStructure } from '../../../protocol/model';
import { setValueText, valueText } from '../edit';
import type { Recipe } from '../parse';
import type { Fix, ProblemKind } from '../problem';
import type { Finding } from '../report';
import type { FullRecipe } from '../schema/recipe';

/** What the trainer will run on, where that is known. */
export interface Machine {
  readonly device: 'cuda' | 'mps' | 'cpu';
  readonly bf16: boolean;
}

export interface CheckFacts {
  readonly machine?: Machine;
  /** `model_type` of the model's config.json, such as "phi3". */
  readonly modelType?: string;
  /** Of the recipe's model, where it could be read: then the lora section is held against its real layers. */
  readonly structure?: ModelStructure;
}

/** A recipe with its defaults, and what is known beside it. */
export interface Checked {
  readonly recipe: Recipe;
  readonly full: FullRecipe;
  readonly facts: CheckFacts;
}

export type Check = (checked: Checked) => Generator<Finding>;

/** "train.data.packing" as a path: short to write where many are named. */
export function error(
  at: string,
  text: Message,
  remedy: Message,
  fixes: readonly Fix[] = [],
  kind: ProblemKind = 'conflict',
): Finding {
  return { kind, severity: 'error', path: at.split('.'), message: text, remedy, fixes };
}

export function warning(at: string, text: Message, remedy: Message, fixes: readonly Fix[] = []): Finding {
  return { kind: 'risk', severity: 'warning', path: at.split('.'), message: text, remedy, fixes };
}

/** The quick fix that sets one value. */
export function set({ recipe }: Checked, at: string, value: unknown): Fix[] {
  const path = at.split('.');
  const edit = setValueText(recipe.source, path, valueText(value));
  return edit === null ? [] : [{ title: message('Set {0}: {1}', path.at(-1) ?? '', valueText(value)), edits: [edit] }];
}
