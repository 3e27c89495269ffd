import type * as vscode from 'vscode';
import type { LoraSection } from '../../core/model/lora/loraConfig';
import { loraEdit } from '../../core/model/lora/edits';
import { leafOf } from '../../core/model/lora/matchNames';
import {
  type LoraValues,
  type TickChange,
  ticksOf,
  valuesFor,
  withTicks,
  withValues,
} from '../../core/model/lora/ticks';
import { applyEdits } from '../../core/recipe/edit';
import { loraSchema } from '../../core/recipe/schema/lora';
import { RecipeSource } from '../../core/recipe/source';
import type { ModelStructure } from '../../protocol/model';
import { changeRecipe } from '../changeRecipe';

/** What the lora section should be; from what it is now. */
type LoraChange = (lora: LoraSection) => LoraValues;

/** Ticks and unticks layers: one edit of the lora section. False where its text doesn't allow it. */
export function writeTicks(
  recipe: vscode.Uri,
  structure: ModelStructure,
  changes: readonly TickChange[],
): Promise<boolean> {
  return writeLora(recipe, (lora) => {
    const values: Record<string, unknown> = {};
    for (const change of changes) Object.assign(values, withTicks(structure, withValues(lora, values), change));
    return values;
  });
}

/** LoRA changes what it changes in other blocks, but only in this one; where it changes nothing, all of its layers. */
export function writeOnlyBlock(
  recipe: vscode.Uri,
  structure: ModelStructure,
  names: readonly string[],
): Promise<boolean> {
  return writeLora(recipe, (lora) => {
    const { tickable, ticked } = ticksOf(structure, lora);
    const inBlock = tickable.filter((name) => names.includes(name));
    const kinds = new Set([...ticked].map(leafOf));
    const alike = inBlock.filter((name) => kinds.has(leafOf(name)));
    return valuesFor(structure, lora, new Set(alike.length > 0 ? alike : inBlock));
  });
}

/** The section is read from the text that is changed: a file open in both forms may have two. */
function writeLora(recipe: vscode.Uri, change: LoraChange): Promise<boolean> {
  const withLora = (text: string): string | null => {
    const source = new RecipeSource(text);
    const lora = loraOf(source);
    const edit = lora === null ? null : loraEdit(source, change(lora));
    return edit === null ? null : applyEdits(text, [edit]);
  };
  return changeRecipe(recipe, 'lora', withLora, { preserveFocus: true });
}

/** null: the text is no YAML, or its lora section has values that are none. */
function loraOf(source: RecipeSource): LoraSection | null {
  if (source.document.errors.length > 0) return null;
  try {
    const parsed = loraSchema.safeParse(source.node(['lora'])?.toJS(source.document) ?? {});
    return parsed.success ? parsed.data : null;
  } catch {
    return null; // more aliases than a recipe can need
  }
}
