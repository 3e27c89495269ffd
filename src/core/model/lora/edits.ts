import { isScalar, isSeq, type YAMLSeq } from 'yaml';
import { difference } from '../../recipe/difference';
import { applyEdits, removal, setValueText, valueText } from '../../recipe/edit';
import type { TextEdit } from '../../recipe/problem';
import { RecipeSource } from '../../recipe/source';

/**
 * One edit of a recipe's text that writes several keys of the lora section; null takes a key away. Comments, order and
 * format of all else stay, of a list's lines too. Null where the text can't be read or the section is no mapping; an edit
 * that changes nothing where all is written already.
 */
export function loraEdit(source: RecipeSource, values: Readonly<Record<string, unknown>>): TextEdit | null {
  let current = source;
  for (const [key, value] of Object.entries(values)) {
    if (current.document.errors.length > 0) return null;
    const edits = keyEdits(current, ['lora', key], value);
    if (edits === null) return null;
    // one after the other: an edit's place may lie in what another takes away
    current = new RecipeSource(applyEdits(current.text, edits));
  }
  return difference(source.text, current.text);
}

function keyEdits(source: RecipeSource, path: readonly string[], value: unknown): readonly TextEdit[] | null {
  if (value === undefined || (value === null && source.pair(path) === null)) return [];
  if (value === null) return some(removal(source, path));
  const node = source.node(path);
  const lines = isSeq(node) && Array.isArray(value) && node.flow !== true ? listEdits(source, node, value) : null;
  return lines ?? some(setValueText(source, path, valueText(value)));
}

function some(edit: TextEdit | null): readonly TextEdit[] | null {
  return edit === null ? null : [edit];
}

/** A list with a line for each item keeps the lines that stay, comments and all; null where it isn't one of plain items. */
function listEdits({ text, eol }: RecipeSource, list: YAMLSeq, value: readonly unknown[]): readonly TextEdit[] | null {
  const written = list.items.map((item) =>
    isScalar(item) && item.range ? { value: item.value, range: item.range } : null,
  );
  const items = written.flatMap((item) => item ?? []);
  if (items.length < written.length || items.length === 0) return null;
  const kept = items.filter((item) => value.includes(item.value));
  const added = value.filter((item) => !items.some((present) => present.value === item));
  // another order, or nothing to hang new lines on
  if (kept.length === 0 || kept.some((item, index) => item.value !== value[index])) return null;
  const edits = items
    .filter((item) => !kept.includes(item))
    .map((item) => ({ range: line(text, item.range[0]), newText: '' }));
  const last = kept.at(-1);
  if (last === undefined || added.length === 0) return edits;
  const { start, end } = line(text, last.range[0]);
  const indent = /^[ \t]*-[ \t]*/.exec(text.slice(start, end))?.[0];
  if (indent === undefined) return null; // the first item stands on the key's line
  const isLastLine = !text.slice(start, end).endsWith('\n');
  const more = added.map((item) => indent + valueText(item)).join(eol);
  return [...edits, { range: { start: end, end }, newText: isLastLine ? eol + more : more + eol }];
}

/** The whole line at an offset, with its end. */
function line(text: string, offset: number): TextEdit['range'] {
  const newline = text.indexOf('\n', offset);
  return { start: text.lastIndexOf('\n', offset - 1) + 1, end: newline < 0 ? text.length : newline + 1 };
}
