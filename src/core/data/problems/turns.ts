import { message } from '../../../common/message';
import type { Role } from '../../../protocol/dataset';
import { isPlainObject } from '../../../protocol/shape';
import type { Finding, FindingFix, Path } from './finding';
import { likelyRole, roleOf, ROLES } from './roles';
import { toolCallFindings } from './toolCalls';

/** A message as the trainer reads it (`_message` of conversations.py). */
export interface Turn {
  readonly at: Path;
  readonly role: Role | null;
  readonly roleAt: Path;
  /** Where its text stands. */
  readonly contentAt: Path;
  /** Null where it has none, or is no text. */
  readonly text: string | null;
  readonly calls: boolean;
  /** Nothing but a role and a text: what can be merged without losing anything. */
  readonly plain: boolean;
}

/** Reads one item of a list of messages; what is wrong with the item itself goes to `findings`. */
export function readTurn(item: unknown, at: Path, findings: Finding[]): Turn | null {
  if (!isPlainObject(item)) {
    findings.push({
      kind: 'wrongShape',
      severity: 'error',
      at,
      message: message('A message is an object with role and content.'),
    });
    return null;
  }
  // item.get("role", item.get("from")): a role that is null counts as one
  const roleKey = Object.hasOwn(item, 'role') ? 'role' : 'from';
  const contentKey = Object.hasOwn(item, 'content') ? 'content' : 'value';
  const role = roleOf(item[roleKey]);
  if (role === null) findings.push(unknownRole(item, roleKey, at));
  const called = item['tool_calls'] ?? null;
  const calls = Array.isArray(called) && called.length > 0;
  const contentAt = [...at, contentKey];
  const content = item[contentKey] ?? (called === null ? null : '');
  const text = textOf(content, contentAt, findings);
  if (content === null) findings.push(noContent(role, contentAt));
  for (const finding of toolCallFindings(called, [...at, 'tool_calls'])) findings.push(finding);
  const plain = Object.keys(item).length === 2 && typeof content === 'string' && roleKey in item;
  return { at, role, roleAt: [...at, roleKey], contentAt, text, calls, plain };
}

function unknownRole(item: Record<string, unknown>, key: 'role' | 'from', at: Path): Finding {
  const name = item[key];
  const known = ROLES.join(', ');
  const base = { kind: 'unknownRole', severity: 'error', at: [...at, key] } as const;
  if (name === undefined) return { ...base, at, message: message('This message has no role: {0}.', known) };
  if (typeof name !== 'string') return { ...base, message: message('A role is one of {0}, as text.', known) };
  const likely = likelyRole(name, key);
  const fixes: FindingFix[] =
    likely === null
      ? []
      : [
          {
            title: message('Change the role to “{0}”', likely),
            changes: [{ change: 'replace', at: base.at, json: JSON.stringify(likely) }],
          },
        ];
  return { ...base, message: message('“{0}” is not a role: {1}.', name.slice(0, 40), known), fixes };
}

function noContent(role: Role | null, at: Path): Finding {
  return {
    kind: 'emptyContent',
    severity: 'error',
    at,
    message: message('This message has no content. Only beside tool_calls may it be null.'),
    fixes: role === 'system' ? [removeMessage(at.slice(0, -1))] : [],
  };
}

/** A text, or a list of parts of type text, which the trainer joins. */
function textOf(content: unknown, at: Path, findings: Finding[]): string | null {
  if (typeof content === 'string') return content;
  if (content === null) return null;
  if (Array.isArray(content)) {
    let text = '';
    for (const [index, part] of content.entries()) {
      if (isPlainObject(part) && part['type'] === 'text' && typeof part['text'] === 'string') text += part['text'];
      else {
        findings.push({
          kind: 'wrongShape',
          severity: 'error',
          at: [...at, index],
          message: message('This part of the content is no text: only {0} can be trained on.', '{"type": "text"}'),
        });
        return null;
      }
    }
    return text;
  }
  findings.push({
    kind: 'wrongShape',
    severity: 'error',
    at,
    message: message('The content of a message is a text in quotes.'),
    fixes: isPlainObject(content)
      ? []
      : [
          {
            title: message('Put it in quotes'),
            changes: [{ change: 'surround', at, before: '"', after: '"' }],
          },
        ],
  });
  return null;
}

export function removeMessage(at: Path): FindingFix {
  return { title: message('Remove this message'), changes: [{ change: 'remove', at }] };
}
