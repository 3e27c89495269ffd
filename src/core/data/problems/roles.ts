import { nearest } from '../../../common/nearest';
import type { Role } from '../../../protocol/dataset';
import { namesCall, roleNamed } from '../roleNames';

/** ROLES and SHAREGPT of trainer/src/tunebook_trainer/conversations.py. */
export const ROLES: readonly Role[] = ['system', 'user', 'assistant', 'tool'];
const SHARE_GPT: Readonly<Record<string, Role>> = {
  human: 'user',
  gpt: 'assistant',
  bing: 'assistant',
  chatgpt: 'assistant',
  bard: 'assistant',
};

/** As the trainer reads it; null where it refuses. */
export function roleOf(name: unknown): Role | null {
  if (typeof name !== 'string') return null;
  return ROLES.find((role) => role === name) ?? ownValue(SHARE_GPT, name);
}

/** What was probably meant, in the names that the key goes with: "from" with ShareGPT's, "role" with OpenAI's. */
export function likelyRole(name: string, key: 'role' | 'from'): string | null {
  // its text is JSON of a call, which only Format as chat makes tool_calls of
  if (namesCall(name)) return null;
  const plain = name.trim().toLowerCase();
  const role = roleOf(plain) ?? roleNamed(plain);
  if (role !== null) return named(role, key);
  const near = nearest(plain, [...ROLES, ...Object.keys(SHARE_GPT)]);
  const meant = near === null ? null : roleOf(near);
  return meant === null ? null : named(meant, key);
}

function named(role: Role, key: 'role' | 'from'): string {
  if (key === 'role') return role;
  return { system: 'system', user: 'human', assistant: 'gpt', tool: 'tool' }[role];
}

function ownValue(record: Readonly<Record<string, Role>>, key: string): Role | null {
  return Object.hasOwn(record, key) ? (record[key] ?? null) : null;
}
