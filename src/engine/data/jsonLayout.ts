import { isPlainObject } from '../../protocol/shape';

/** Where the rows of a JSON file stand. */
export type JsonLayout =
  /** One object a line under the wrong name. */
  | { readonly kind: 'lines' }
  /** [row, row, …] */
  | { readonly kind: 'list' }
  /** {"data": [row, row, …], …}: `key` is the first list of objects. */
  | { readonly kind: 'member'; readonly key: string }
  /** One object, or several behind each other, written over several lines. */
  | { readonly kind: 'objects' }
  | { readonly kind: 'none' };

/**
 * What the first megabytes tell about the layout. An object with a list of messages is a row, one with a list of other
 * objects holds the rows.
 */
export function jsonLayout(head: string): JsonLayout {
  const text = head.trimStart();
  if (text.startsWith('[')) return { kind: 'list' };
  if (!text.startsWith('{')) return { kind: 'none' };
  const members = listsOfObjects(text);
  const [first] = members.lists;
  const holdsRows = first !== undefined && !members.isFollowed && !members.lists.some(({ isChat }) => isChat);
  if (holdsRows) return { kind: 'member', key: first.key };
  return text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .slice(0, 2)
    .every(isObject)
    ? { kind: 'lines' }
    : { kind: 'objects' };
}

interface Members {
  readonly lists: readonly { readonly key: string; readonly isChat: boolean }[];
  /** Another object stands behind the first. */
  readonly isFollowed: boolean;
}

/** The members of the object at the start of `text` that are lists of objects, as far as `text` goes. */
function listsOfObjects(text: string): Members {
  const lists: { key: string; isChat: boolean }[] = [];
  let depth = 0;
  let key = '';
  let previous = '';
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}:,]/gs)) {
    if (token === '{' || token === '[') {
      if (depth === 2 && token === '{' && previous === '[') lists.push({ key, isChat: isChatAt(text, index) });
      depth++;
    } else if (token === '}' || token === ']') {
      if (--depth === 0)
        return {
          lists,
          isFollowed: text
            .slice(index + 1)
            .trimStart()
            .startsWith('{'),
        };
    } else if (token === ':' && depth === 1 && previous.startsWith('"')) key = decoded(previous);
    previous = token;
  }
  return { lists, isFollowed: false };
}

/** Whether a message starts here: {role, content} or {from, value}, or a tool's definition, which stands beside messages. */
function isChatAt(text: string, start: number): boolean {
  const keys = new Set<string>();
  let depth = 0;
  let previous = '';
  for (const { 0: token } of text.slice(start, start + 1_000_000).matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}:,]/gs)) {
    if (token === '{' || token === '[') depth++;
    else if (token === '}' || token === ']') {
      if (--depth === 0) break;
    } else if (token === ':' && depth === 1) keys.add(decoded(previous));
    previous = token;
  }
  return keys.has('role') || (keys.has('from') && keys.has('value')) || (keys.has('type') && keys.has('function'));
}

function decoded(written: string): string {
  try {
    return String(JSON.parse(written));
  } catch {
    return written;
  }
}

function isObject(text: string): boolean {
  try {
    return isPlainObject(JSON.parse(text));
  } catch {
    return false;
  }
}
