import { isNode } from 'yaml';
import { type Message, message } from '../../common/message';
import { nearest } from '../../common/nearest';
import { applyEdits, removal, setValueText, valueText } from './edit';
import { formerKey } from './formerKeys';
import { type Parameter, parameters, parametersUnder } from './parameters';
import type { Fix } from './problem';
import type { Finding } from './report';
import { RecipeSource } from './source';

/** What to say about a key that the schema doesn't have at its place. `path` ends with the key. */
export function unknownKey(source: RecipeSource, path: readonly string[], value: unknown): Finding {
  const key = path.at(-1) ?? '';
  const here = path.slice(0, -1);
  const base = { path, range: source.keyRange(path) };
  const former = formerKey(key);
  const elsewhere = placesOf(key, here);
  const siblings = parametersUnder(here);
  const [first] = elsewhere;

  const typo =
    sameButForStyle(key, siblings) ?? (former === null && first === undefined ? closest(key, siblings) : null);
  if (typo !== null) {
    const fixes = renameTo(source, path, [...here, typo]);
    return {
      ...base,
      kind: 'unknownKey',
      message: unknown(key, here),
      remedy: message('Did you mean {0}?', typo),
      fixes,
    };
  }
  if (former !== null && former.to === null) {
    const edit = removal(source, path);
    return {
      ...base,
      kind: 'removedKey',
      message: message('{0} is not a parameter of a recipe.', key),
      remedy: former.why,
      fixes: edit === null ? [] : [{ title: message('Remove {0}', key), edits: [edit] }],
    };
  }
  if (former !== null && former.to !== null) {
    const text = former.value === undefined ? undefined : former.value(value);
    return {
      ...base,
      kind: 'renamedKey',
      message: message('{0} is now {1}.', key, former.to.join('.')),
      remedy: former.why,
      fixes: text === null ? removeFix(source, path) : renameTo(source, path, former.to, text),
    };
  }
  if (first !== undefined) {
    return {
      ...base,
      kind: 'misplacedKey',
      message: message('{0} does not belong in {1}.', key, placeName(here)),
      remedy: message('Put it in {0}.', first.slice(0, -1).join('.')),
      fixes: elsewhere.flatMap((to) => renameTo(source, path, to)),
    };
  }
  const far = closest(key, parameters());
  const place = parameters().find((parameter) => parameter.key === far)?.path;
  if (place !== undefined)
    return {
      ...base,
      kind: 'unknownKey',
      message: unknown(key, here),
      remedy: message('Did you mean {0}?', place.join('.')),
      fixes: renameTo(source, path, place),
    };
  return {
    ...base,
    kind: 'unknownKey',
    message: unknown(key, here),
    remedy: message('Known here: {0}.', siblings.map((sibling) => sibling.key).join(', ')),
  };
}

function unknown(key: string, here: readonly string[]): Message {
  return message('{0} is unknown in {1}.', key, placeName(here));
}

function placeName(here: readonly string[]): string {
  return here.length === 0 ? '*.tune.yaml' : here.join('.');
}

/** Where else the schema has this key, the nearest first: below the same section, then in order. */
function placesOf(key: string, here: readonly string[]): readonly (readonly string[])[] {
  const common = (path: readonly string[]) => path.findIndex((part, index) => here[index] !== part);
  return parameters()
    .filter((parameter) => parameter.key === key)
    .map(({ path }) => path)
    .toSorted((a, b) => common(b) - common(a));
}

/** "learningRate" and "Learning-Rate" for learning_rate. */
function sameButForStyle(key: string, siblings: readonly Parameter[]): string | null {
  return siblings.find((sibling) => plain(sibling.key) === plain(key))?.key ?? null;
}

function plain(text: string): string {
  return text.replaceAll(/[-_ .]/g, '').toLowerCase();
}

function closest(key: string, among: readonly Parameter[]): string | null {
  return nearest(
    key,
    among.map((parameter) => parameter.key),
  );
}

/** The edits that write the value at `to` instead; nothing where `to` already has one. */
function renameTo(source: RecipeSource, from: readonly string[], to: readonly string[], text?: string): Fix[] {
  const pair = source.pair(from);
  if (pair === null || source.pair(to) !== null) return [];
  const title = message('Write {0} instead', to.join('.'));
  const sameGroup = from.length === to.length && from.slice(0, -1).every((part, index) => part === to[index]);
  const range = source.keyRange(from);
  if (sameGroup && range !== null && text === undefined)
    return [{ title, edits: [{ range, newText: to.at(-1) ?? '' }] }];
  const there = setValueText(source, to, text ?? ownText(source, pair.value));
  if (there === null) return [];
  // the new place may be in the group that the key leaves: one edit after the other, then both as one
  const both = applyEdits(source.text, [there]);
  const away = removal(new RecipeSource(both), from);
  return away === null ? [] : [{ title, edits: [difference(source.text, applyEdits(both, [away]))] }];
}

function removeFix(source: RecipeSource, path: readonly string[]): Fix[] {
  const edit = removal(source, path);
  return edit === null ? [] : [{ title: message('Remove {0}', path.at(-1) ?? ''), edits: [edit] }];
}

/** As it was written where that is one line: 2e-4 stays 2e-4. */
function ownText(source: RecipeSource, value: unknown): string {
  if (!isNode(value) || !value.range) return 'null';
  const written = source.text.slice(value.range[0], value.range[1]).trim();
  return written === '' || written.includes('\n') || /^[|>-]/.test(written)
    ? valueText(value.toJS(source.document))
    : written;
}

/** The smallest edit that makes `after` of `before`. */
function difference(before: string, after: string): Fix['edits'][number] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return { range: { start, end: before.length - end }, newText: after.slice(start, after.length - end) };
}
