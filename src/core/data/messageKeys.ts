import type { Role } from '../../protocol/dataset';
import { isPlainObject } from '../../protocol/shape';
import { roleNamed } from './roleNames';
import { listIn, mostly, type Column } from './table';

const ROLE_KEYS: readonly string[] = ['role', 'from', 'speaker', 'author', 'sender', 'who', 'type', 'user', 'name'];
const CONTENT_KEYS: readonly string[] = ['content', 'value', 'text', 'message', 'body', 'utterance', 'msg'];

/** How the messages of a column say who speaks and what. */
export interface MessageKeys {
  readonly roleKey: string;
  readonly contentKey: string;
  readonly roles: Readonly<Record<string, Role>>;
  readonly confidence: 'certain' | 'likely' | 'guess';
}

type Item = Readonly<Record<string, unknown>>;

/** Null where the column holds no conversations in which somebody is answered. */
export function messageKeysOf(column: Column): MessageKeys | null {
  const lists = column.values.map((value) => listIn(value) ?? []);
  const items = lists.flat().filter(isPlainObject);
  const common = [...new Set(items.flatMap((item) => Object.keys(item)))];
  const named = ROLE_KEYS.filter((key) => common.includes(key));
  for (const roleKey of [...named, ...common.filter((key) => !named.includes(key))]) {
    const contentKey = contentKeyOf(common, roleKey, items);
    const roles = contentKey === null ? null : rolesBy(roleKey, items);
    if (contentKey === null || roles === null) continue;
    const usual = (roleKey === 'role' && contentKey === 'content') || (roleKey === 'from' && contentKey === 'value');
    const confidence = roles.guessed ? 'guess' : usual ? 'certain' : 'likely';
    return { roleKey, contentKey, roles: roles.roles, confidence };
  }
  return null;
}

/** What each name means, if they are names of roles; or, of two speakers, that the first asks and the second answers. */
function rolesBy(key: string, items: readonly Item[]): { roles: Record<string, Role>; guessed: boolean } | null {
  const names = [...new Set(items.map((item) => item[key]))].filter((name) => typeof name === 'string');
  if (!mostly(items, (item) => typeof item[key] === 'string')) return null;
  const known = names.flatMap((name): [string, Role][] => {
    const role = roleNamed(name);
    return role === null ? [] : [[name, role]];
  });
  const said = new Set(known.map(([, role]) => role));
  if (said.has('assistant') || known.length === names.length) {
    // A name that isn't known stays out of it: its rows are told, and a person says who that is.
    return known.length === 0 ? null : { roles: Object.fromEntries(known), guessed: known.length < names.length / 2 };
  }
  const others = names.filter((name) => roleNamed(name) === null);
  const [first, second] = others;
  const speakers = names.length - known.filter(([, role]) => role === 'system' || role === 'tool').length;
  if (speakers !== 2 || first === undefined || !ROLE_KEYS.includes(key)) return null;
  return { roles: Object.fromEntries([...known, ...twoSpeakers(first, second, said)]), guessed: true };
}

function twoSpeakers(first: string, second: string | undefined, said: ReadonlySet<Role>): [string, Role][] {
  if (second === undefined) return [[first, said.has('user') ? 'assistant' : 'user']];
  return [
    [first, 'user'],
    [second, 'assistant'],
  ];
}

function contentKeyOf(common: readonly string[], roleKey: string, items: readonly Item[]): string | null {
  const fits = (key: string): boolean => {
    const filled = items.filter((item) => typeof item[key] === 'string' || Array.isArray(item[key]));
    // Beside calls of tools there is often no content.
    return key !== roleKey && filled.length * 2 >= items.length;
  };
  const named = CONTENT_KEYS.find((key) => common.includes(key) && fits(key));
  if (named !== undefined) return named;
  const others = common.filter((key) => fits(key) && items.every((item) => typeof item[key] === 'string'));
  return others.length === 1 ? (others[0] ?? null) : null;
}
