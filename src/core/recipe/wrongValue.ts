import type { Node } from 'yaml';
import type { z } from 'zod';
import { type Message, message } from '../../common/message';
import { nearest } from '../../common/nearest';
import { valueText } from './edit';
import { parameterAt } from './parameters';
import type { Fix, ProblemKind, TextRange } from './problem';
import type { Finding } from './report';
import type { Path, RecipeSource } from './source';

/** What is wrong with a value that the schema refuses; null if it accepts it. `path` is that of the key. */
export function wrongValue(
  source: RecipeSource,
  path: readonly string[],
  schema: z.ZodType,
  value: unknown,
): Finding | null {
  const result = schema.safeParse(value);
  if (result.success) return null;
  const inside = placeInside(result.error.issues);
  const at: Path = [...path, ...inside];
  const written = source.node(at);
  const bad = inside.reduce<unknown>(childOf, value);
  const range = source.valueRange(at) ?? source.keyRange(path);
  const parameter = parameterAt(path);
  const type = parameter?.type ?? '';
  const words = [...(parameter?.values ?? []), ...(parameter?.itemValues ?? [])];
  const meant =
    range === null
      ? null
      : meantValue(
          bad,
          source.text.slice(range.start, range.end),
          schemaAccepts(schema, value, inside),
          parameter?.values ?? [],
        );
  const base = { path: at, range };
  const text = message('{0} must be {1}, not {2}.', nameOf(at), type, shown(source, written, bad));
  if (meant !== null && range !== null)
    return { ...base, kind: meant.kind, message: text, remedy: meant.remedy, fixes: [write(range, meant.text)] };
  const kind = kindOf(result.error.issues, bad, words);
  const suggestion = typeof bad === 'string' ? nearest(bad, words) : null;
  if (suggestion !== null && range !== null)
    return {
      ...base,
      kind,
      message: text,
      remedy: message('Did you mean {0}?', suggestion),
      fixes: [write(range, plainOrQuoted(suggestion))],
    };
  return { ...base, kind, message: text, remedy: remedyOf(parameter?.default) };
}

function remedyOf(standard: unknown): Message {
  return standard === undefined || standard === null
    ? message('Correct the value, or remove the line.')
    : message('Correct the value, or remove the line: then it is {0}.', valueText(standard));
}

function write(range: TextRange, text: string): Fix {
  return { title: message('Write {0}', text), edits: [{ range, newText: text }] };
}

interface Meant {
  readonly kind: ProblemKind;
  readonly text: string;
  readonly remedy: Message;
}

/** Values that mean something else to YAML than to their author. */
function meantValue(
  bad: unknown,
  written: string,
  accepts: (value: unknown) => boolean,
  values: readonly string[],
): Meant | null {
  if (typeof bad === 'string') {
    const number = asNumber(bad);
    if (number !== null && accepts(number))
      return {
        kind: 'numberAsText',
        text: /^[-+]?(\d|\.\d)[\d.]*([eE][-+]?\d+)?$/.test(bad) ? bad : String(number),
        remedy: message('In quotes, or with other characters, a number is text. Write it plainly.'),
      };
    const word = bad.trim().toLowerCase();
    if (['none', 'null', 'nil'].includes(word) && accepts(null))
      return { kind: 'wrongType', text: 'null', remedy: message('YAML calls it null; None is Python.') };
    const truth = { yes: true, on: true, true: true, no: false, off: false, false: false }[word];
    if (truth !== undefined && accepts(truth))
      return { kind: 'wrongType', text: String(truth), remedy: message('Write true or false.') };
    const plain = bad.replace(/^(torch|tf|np)\./, '');
    if (plain !== bad && values.includes(plain))
      return { kind: 'notAllowed', text: plain, remedy: message('Write the name without the library before it.') };
  }
  if ((typeof bad === 'number' || typeof bad === 'boolean') && accepts(written))
    return { kind: 'wrongType', text: JSON.stringify(written), remedy: message('This is text: put it in quotes.') };
  // YAML 1.1 reads a plain no as false; here it is text, and false is somebody's "no"
  if (bad === false && values.includes('no'))
    return { kind: 'notAllowed', text: "'no'", remedy: message("Write 'no'.") };
  const [only] = Array.isArray(bad) && bad.length === 1 ? bad : [];
  if (only !== undefined && accepts(only))
    return { kind: 'wrongType', text: valueText(only), remedy: message('Write one value, not a list.') };
  if (typeof bad === 'string' && accepts([bad]))
    return { kind: 'wrongType', text: valueText([bad]), remedy: message('Write a list, even of one.') };
  return null;
}

/** 2e-4, "8", 1_000, 1,000. */
function asNumber(text: string): number | null {
  const plain = text.trim().replaceAll(/(?<=\d)[_,](?=\d{3})/g, '');
  return plain !== '' && Number.isFinite(Number(plain)) ? Number(plain) : null;
}

function kindOf(issues: readonly z.core.$ZodIssue[], bad: unknown, values: readonly string[]): ProblemKind {
  const flat = issues.flatMap((issue) => (issue.code === 'invalid_union' ? issue.errors.flat() : [issue]));
  if (flat.some(({ code }) => code === 'too_small' || code === 'too_big')) return 'outOfRange';
  return typeof bad === 'string' && values.length > 0 ? 'notAllowed' : 'wrongType';
}

/** The place inside a list or mapping that is wrong; a union tells its own in each of its options. */
function placeInside(issues: readonly z.core.$ZodIssue[]): (string | number)[] {
  const [issue] = issues;
  if (issue === undefined) return [];
  const own = issue.path.map((part) => (typeof part === 'number' ? part : String(part)));
  if (issue.code !== 'invalid_union') return own;
  const deepest = issue.errors.map((errors) => placeInside(errors)).toSorted((a, b) => b.length - a.length)[0] ?? [];
  return [...own, ...deepest];
}

function childOf(value: unknown, part: string | number): unknown {
  // SAFETY: zod found the issue below this part, so the value is a list or a mapping.
  return (value as Record<string | number, unknown>)[part];
}

/** Whether the whole would be right with another value at that place. */
function schemaAccepts(schema: z.ZodType, value: unknown, inside: readonly (string | number)[]) {
  return (replacement: unknown): boolean => schema.safeParse(withChild(value, inside, replacement)).success;
}

function withChild(value: unknown, [part, ...rest]: readonly (string | number)[], child: unknown): unknown {
  if (part === undefined) return child;
  const inner = withChild(childOf(value, part), rest, child);
  if (Array.isArray(value)) return value.map((item: unknown, index) => (index === part ? inner : item));
  return { ...(typeof value === 'object' ? value : {}), [part]: inner };
}

function nameOf(path: Path): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part + 1}]` : part))
    .join('.')
    .replaceAll('.[', '[');
}

function plainOrQuoted(text: string): string {
  return text === 'no' ? "'no'" : text;
}

/** As it stands in the file, in one short line. */
function shown(source: RecipeSource, node: Node | null, value: unknown): string {
  const written = node?.range ? source.text.slice(node.range[0], node.range[1]).trim() : '';
  const text = (written === '' ? valueText(value ?? null) : written).replaceAll(/\s+/g, ' ');
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
