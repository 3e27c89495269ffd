import { type Message, message } from '../../../common/message';
import { nearest } from '../../../common/nearest';
import type { LinearFate, ModelStructure } from '../../../protocol/model';
import { valueText } from '../../recipe/edit';
import type { Recipe } from '../../recipe/parse';
import type { Fix, Severity } from '../../recipe/problem';
import type { Finding } from '../../recipe/report';
import { loraEdit } from './edits';
import { usualNames } from './groups';
import type { LoraSection } from './loraConfig';
import type { LoraKey } from './refusal';

/** What the checks of the lora section against a model look at. */
export interface LoraScope {
  readonly recipe: Recipe;
  readonly lora: LoraSection;
  readonly structure: ModelStructure;
  /** What quantisation makes of each linear layer. */
  readonly fates: ReadonlyMap<string, LinearFate>;
}

export type Place = readonly (string | number)[];

export function finding(
  severity: Severity,
  at: Place,
  text: Message,
  remedy: Message,
  fixes: readonly Fix[] = [],
): Finding {
  return {
    kind: severity === 'error' ? 'conflict' : 'risk',
    severity,
    path: ['lora', ...at],
    message: text,
    remedy,
    fixes,
  };
}

/** The quick fix that writes keys of the lora section; none where the text can't be changed or nothing would. */
export function writeFix({ recipe }: LoraScope, values: Readonly<Record<string, unknown>>, title?: Message): Fix[] {
  const edit = loraEdit(recipe.source, values);
  const [first] = Object.entries(values);
  if (edit === null || first === undefined || recipe.text.slice(edit.range.start, edit.range.end) === edit.newText)
    return [];
  const [key, value] = first;
  const named = value === null ? message('Remove {0}', key) : message('Set {0}: {1}', key, valueText(value));
  return [{ title: title ?? named, edits: [edit] }];
}

/** The fix that writes another item, or none, in a list of the section. */
export function itemFix(scope: LoraScope, key: LoraKey, item: string, by: readonly string[]): Fix[] {
  const list = scope.lora[key];
  if (!Array.isArray(list)) return [];
  const names = list.map(String);
  const left = names.filter((name) => name !== item);
  const at = names.indexOf(item);
  const value = [...new Set([...names.slice(0, at), ...by, ...names.slice(at + 1)])];
  if (value.length === 0)
    return writeFix(scope, { [key]: key === 'target_modules' ? usualNames(scope.structure, scope.lora) : null });
  const title =
    by.length === 0 ? message('Remove {0} from {1}', item, key) : message('Write {0} for {1}', by.join(', '), item);
  return writeFix(scope, { [key]: by.length === 0 ? left : value }, title);
}

/** The fix that takes one pattern's line out of a mapping, or writes another key for it. */
export function patternFix(
  scope: LoraScope,
  key: 'rank_pattern' | 'alpha_pattern',
  pattern: string,
  by: string | null,
): Fix[] {
  const entries = Object.entries(scope.lora[key]).flatMap(([name, value]) =>
    name !== pattern ? [[name, value]] : by === null ? [] : [[by, value]],
  );
  const title = by === null ? message('Remove {0} from {1}', pattern, key) : message('Write {0} for {1}', by, pattern);
  return writeFix(scope, { [key]: entries.length === 0 ? null : Object.fromEntries(entries) }, title);
}

/** What a person may have meant; case and dashes count for nothing. */
export function meant(written: string, names: Iterable<string>): string | null {
  const among = [...new Set(names)];
  return among.find((name) => plain(name) === plain(written)) ?? nearest(written, among);
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_\s]/g, '');
}
