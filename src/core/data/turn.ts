import { message } from '../../common/message';
import type { Role } from '../../protocol/dataset';
import { isPlainObject } from '../../protocol/shape';
import { checkContent, maySay } from './content';
import { excerpt, jsonOf, membersOf, type Piece } from './piece';
import { namesCall, roleNamed } from './roleNames';
import { RowError } from './rowError';
import { callsOfText, checkToolCalls, legacyCall } from './toolCalls';

/** A message as a line of JSON. */
export interface Turn {
  readonly role: Role;
  readonly json: string;
}

/** Under which keys a message says who speaks and what. */
export interface TurnKeys {
  readonly roleKey: string;
  readonly contentKey: string;
  /** Comes before the common names of roles. */
  readonly roles: Readonly<Record<string, Role>>;
}

export function textTurn(role: Role, content: string): Turn {
  return { role, json: `{"role":"${role}","content":${JSON.stringify(content)}}` };
}

/**
 * A message of nothing but role and content, both text, from its value alone; null where it takes more. Nearly every message
 * of nearly every data set is such, so it has to be fast.
 */
export function plainTurn(item: unknown, { roleKey, contentKey, roles }: TurnKeys): Turn | null {
  if (!isPlainObject(item)) return null;
  let contentFirst = false;
  let count = 0;
  for (const key in item) {
    if (key === contentKey) contentFirst = count === 0;
    else if (key !== roleKey) return null;
    count++;
  }
  const said = item[roleKey];
  const content = item[contentKey];
  if (count !== 2 || typeof said !== 'string' || typeof content !== 'string' || namesCall(said)) return null;
  const role = roleCalled(said, roles);
  if (role === null || !maySay(role, content)) return null;
  return contentFirst
    ? { role, json: `{"content":${JSON.stringify(content)},"role":"${role}"}` }
    : textTurn(role, content);
}

/** Any message; `place` names it in errors: messages[0]. Keys that Tunebook doesn't know stay, and all keep their order. */
export function turnOf(item: Piece, place: string, keys: TurnKeys): Turn {
  const { roleKey, contentKey } = keys;
  if (!isPlainObject(item.value)) {
    throw new RowError(
      message('{0} is no object with {1} and {2}: {3}', place, roleKey, contentKey, excerpt(item.value)),
    );
  }
  const members = new Map(membersOf(item));
  refuseTwice(members, place, 'role', roleKey);
  refuseTwice(members, place, 'content', contentKey);
  const said = members.get(roleKey)?.value;
  const role = roleOf(said, `${place}.${roleKey}`, keys.roles);
  const calls = callsOf(members, said, contentKey, place);
  if (calls.kind !== 'text') {
    checkContent(members.get(contentKey)?.value, role, `${place}.${contentKey}`, calls.kind !== 'none');
  }
  const written: string[] = [];
  for (const [key, piece] of members) {
    if (key === roleKey) written.push(`"role":"${role}"`);
    else if (key === contentKey) {
      written.push(calls.kind === 'text' ? calls.json : `"content":${jsonOf(piece, `${place}.${key}`)}`);
    } else if (key === 'function_call' && calls.kind === 'legacy') written.push(calls.json);
    else written.push(`${JSON.stringify(key)}:${jsonOf(piece, `${place}.${key}`)}`);
  }
  // Templates ask for content; null is what OpenAI writes beside tool_calls.
  if (!members.has(contentKey)) written.push('"content":null');
  return { role, json: `{${written.join(',')}}` };
}

type Calls =
  | { readonly kind: 'none' | 'given' }
  /** `json`: the members that stand for the content, or for function_call. */
  | { readonly kind: 'text' | 'legacy'; readonly json: string };

function callsOf(members: ReadonlyMap<string, Piece>, said: unknown, contentKey: string, place: string): Calls {
  const given = members.get('tool_calls');
  if (given !== undefined && given.value !== null) {
    checkToolCalls(given, `${place}.tool_calls`);
    return { kind: Array.isArray(given.value) && given.value.length > 0 ? 'given' : 'none' };
  }
  if (given !== undefined) return { kind: 'none' };
  if (typeof said === 'string' && namesCall(said)) {
    const json = callsOfText(members.get(contentKey)?.value, `${place}.${contentKey}`);
    return { kind: 'text', json: `"content":null,"tool_calls":${json}` };
  }
  const legacy = members.get('function_call');
  if (legacy === undefined || !isPlainObject(legacy.value)) return { kind: 'none' };
  return { kind: 'legacy', json: `"tool_calls":${legacyCall(legacy, `${place}.function_call`)}` };
}

/** A message with role beside from would get two roles. */
function refuseTwice(members: ReadonlyMap<string, Piece>, place: string, key: string, meant: string): void {
  if (key === meant || !members.has(key)) return;
  throw new RowError(
    message('{0} has {1} as well as {2}: say in the mapping which of them counts.', place, key, meant),
  );
}

function roleOf(said: unknown, place: string, roles: TurnKeys['roles']): Role {
  if (said === undefined || said === null) throw new RowError(message('{0} is missing: it says who speaks.', place));
  const role = typeof said === 'string' ? roleCalled(said, roles) : null;
  if (role !== null) return role;
  throw new RowError(
    message('{0} is {1}, which is no known role. Say in the mapping which role it is.', place, excerpt(said)),
  );
}

function roleCalled(said: string, roles: TurnKeys['roles']): Role | null {
  return (Object.hasOwn(roles, said) ? roles[said] : roleNamed(said)) ?? null;
}
