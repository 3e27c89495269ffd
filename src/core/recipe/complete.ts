import { type Message, message } from '../../common/message';
import { valueText } from './edit';
import { type Parameter, parameterAt, parametersUnder } from './parameters';
import type { TextRange } from './problem';

export interface Completion {
  readonly label: string;
  readonly kind: 'key' | 'value';
  /** What to write in place of `replace`; a key comes with its colon. */
  readonly insertText: string;
  readonly replace: TextRange;
  /** Type of a key; empty for a value. */
  readonly detail: string;
  readonly description: Message | null;
}

interface Line {
  readonly text: string;
  readonly start: number;
  readonly indent: number;
}

const KEY = /^\s*["']?([\w.-]+)["']?\s*:(?:\s|$)/;

/** What the recipe's model has to offer for a key: by path, such as "lora.target_modules". */
export type Suggestions = Readonly<Record<string, readonly string[]>>;

/**
 * What may be written at an offset of a recipe's text (or of one section's text): keys not yet there, allowed values.
 * Goes by lines and their indentation, since a text that is being written is seldom valid YAML.
 */
export function completeAt(text: string, offset: number, suggestions: Suggestions = {}): readonly Completion[] {
  const lines = linesOf(text);
  const index = lines.findLastIndex(({ start }) => start <= offset);
  const line = lines[index];
  if (line === undefined) return [];
  const before = line.text.slice(0, offset - line.start);
  if (/(^|\s)#/.test(before)) return [];
  const typed = /[\w.-]*$/.exec(before)?.[0] ?? '';
  const rest = /^[\w.-]*/.exec(line.text.slice(before.length))?.[0] ?? '';
  const replace = { start: offset - typed.length, end: offset + rest.length };

  if (/^\s*[\w.-]*$/.test(before)) {
    const indent = before.length - before.trimStart().length;
    return keys(lines, index, indent, replace, line.text.slice(before.length + rest.length));
  }
  const key = KEY.exec(before)?.[1];
  const listItem = /^(\s*)-\s+[\w.-]*$/.exec(before);
  if (listItem !== null)
    return items(parameterAt(parents(lines, index, (listItem[1]?.length ?? 0) + 1)), replace, suggestions);
  if (key === undefined) return [];
  const parameter = parameterAt([...parents(lines, index, line.indent), key]);
  const value = before.slice(before.indexOf(':') + 1);
  if (/^\s*\[[^\]]*$/.test(value)) return items(parameter, replace, suggestions);
  return /^\s+[\w.-]*$/.test(value) && parameter !== null ? values(parameter, replace) : [];
}

function keys(
  lines: readonly Line[],
  index: number,
  indent: number,
  replace: TextRange,
  after: string,
): readonly Completion[] {
  const path = parents(lines, index, indent);
  const present = siblings(lines, index, indent);
  const hasColon = after.startsWith(':');
  return parametersUnder(path)
    .filter(({ key }) => !present.has(key))
    .map(({ key, type, description, group, nullable }) => ({
      label: key,
      kind: 'key',
      // a group that may be null is more often written as a group
      insertText: hasColon ? key : group ? `${key}:\n${' '.repeat(indent + 2)}` : `${key}: `,
      replace,
      detail: group && !nullable ? '' : type,
      description: message(description),
    }));
}

function values(parameter: Parameter, replace: TextRange): readonly Completion[] {
  const allowed = [...parameter.values, ...(parameter.nullable && !parameter.group ? ['null'] : [])];
  const standard = parameter.default === undefined || parameter.group ? null : valueText(parameter.default);
  const all = standard === null || allowed.includes(standard) ? allowed : [standard, ...allowed];
  return all.map((value) => valueOf(value, replace, value === standard));
}

function items(parameter: Parameter | null, replace: TextRange, suggestions: Suggestions): readonly Completion[] {
  if (parameter === null) return [];
  const known = [...parameter.itemValues, ...(suggestions[parameter.path.join('.')] ?? [])];
  return known.map((value) => valueOf(value, replace, false));
}

function valueOf(value: string, replace: TextRange, standard: boolean): Completion {
  // a plain no is text in YAML 1.2 but false in the 1.1 that other tools read
  const insertText = value === 'no' ? "'no'" : value;
  const description = standard ? message('The default.') : null;
  return { label: value, kind: 'value', insertText, replace, detail: '', description };
}

/** The keys that a line with this indentation stands below. */
function parents(lines: readonly Line[], index: number, indent: number): readonly string[] {
  const path: string[] = [];
  let limit = indent;
  for (let above = index - 1; above >= 0 && limit > 0; above--) {
    const line = lines[above];
    if (line === undefined || isBlank(line) || line.indent >= limit) continue;
    const key = KEY.exec(line.text)?.[1];
    if (key === undefined) continue;
    path.unshift(key);
    limit = line.indent;
  }
  return path;
}

/** The keys beside this line, above and below it, in the same group. */
function siblings(lines: readonly Line[], index: number, indent: number): ReadonlySet<string> {
  const found = new Set<string>();
  for (const direction of [-1, 1]) {
    for (let at = index + direction; at >= 0 && at < lines.length; at += direction) {
      const line = lines[at];
      if (line === undefined || isBlank(line)) continue;
      if (line.indent < indent) break;
      const key = line.indent === indent ? KEY.exec(line.text)?.[1] : undefined;
      if (key !== undefined) found.add(key);
    }
  }
  return found;
}

function isBlank({ text }: Line): boolean {
  return /^\s*(#.*)?$/.test(text);
}

function linesOf(text: string): readonly Line[] {
  let start = 0;
  return text.split('\n').map((raw) => {
    const line = { text: raw.replace(/\r$/, ''), start, indent: raw.length - raw.trimStart().length };
    start += raw.length + 1;
    return line;
  });
}
