import { message } from '../../../common/message';
import { oneLine } from '../rawJson';
import type { Finding, Path } from './finding';
import { endFindings, orderFindings } from './order';
import { readTurn, removeMessage, type Turn } from './turns';

/** The turns of a list of messages; what is wrong with the list itself goes to `findings`. Null: it can't be judged. */
export function readTurns(value: unknown, at: Path, findings: Finding[]): readonly Turn[] | null {
  if (!Array.isArray(value) || value.length === 0) {
    findings.push(noList(value, at));
    return null;
  }
  const turns = value.map((item, index) => readTurn(item, [...at, index], findings));
  const read = turns.filter((turn) => turn !== null);
  return read.length === turns.length ? read : null;
}

/** What only the conversation as a whole can tell. `at`: the column that stands for it. */
export function wholeFindings(turns: readonly Turn[], at: Path): readonly Finding[] {
  const silence = silenceFinding(turns, at);
  const ends = silence === null ? [...endFindings(turns)] : [silence];
  return [...turns.flatMap((turn) => emptyFinding(turn, silence) ?? []), ...orderFindings(turns), ...ends];
}

/** ShareGPT's names of roles under "role": TRL leaves them as they are (maybe_convert_to_chatml renames only the keys). */
export function foreignRoles(value: unknown, at: Path): Finding | null {
  if (!Array.isArray(value)) return null;
  const places = value.flatMap((item: unknown, index) => {
    if (typeof item !== 'object' || item === null || !('role' in item)) return [];
    const role = item.role === 'human' ? 'user' : item.role === 'gpt' ? 'assistant' : null;
    return role === null ? [] : [{ at: [...at, index, 'role'], role }];
  });
  const [first] = places;
  if (first === undefined) return null;
  return {
    kind: 'unknownRole',
    severity: 'information',
    at: first.at,
    message: message(
      'These are ShareGPT’s names of roles. Tunebook reads them; other programs know only user and assistant.',
    ),
    fixes: [
      {
        title: message('Rename human and gpt to user and assistant'),
        changes: places.map((place) => ({ change: 'replace', at: place.at, json: JSON.stringify(place.role) })),
      },
    ],
  };
}

function noList(value: unknown, at: Path): Finding {
  const column = String(at.at(-1) ?? '');
  if (value === undefined)
    return {
      kind: 'missingColumn',
      severity: 'error',
      at: [],
      message: message('The row has no column {0}.', column),
    };
  const written = typeof value === 'string' ? listIn(value) : null;
  return {
    kind: 'wrongShape',
    severity: 'error',
    at,
    message:
      written === null
        ? message('{0} is no list of messages.', column)
        : message('{0} is a text that holds a list of messages, not the list itself.', column),
    fixes:
      written === null
        ? []
        : [{ title: message('Make it a list'), changes: [{ change: 'replace', at, json: written }] }],
  };
}

/** The JSON text itself, so that numbers and the order of keys stay. */
function listIn(text: string): string | null {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.length > 0 ? oneLine(text.trim()) : null;
  } catch {
    return null;
  }
}

/** The trainer's "the assistant says nothing". */
function silenceFinding(turns: readonly Turn[], at: Path): Finding | null {
  // a message that can't be read may be the assistant's
  if (turns.some(({ role }) => role === null)) return null;
  const own = turns.filter(({ role }) => role === 'assistant');
  if (own.some(({ text, calls }) => calls || text !== '')) return null;
  const [first] = own;
  return {
    kind: 'noAssistantTurn',
    severity: 'error',
    at: first?.contentAt ?? at,
    key: first === undefined,
    message:
      first === undefined
        ? message('The assistant says nothing here: there is nothing to learn from this row.')
        : message('The assistant’s answer is empty: there is nothing to learn from this row.'),
  };
}

function emptyFinding({ at, role, text, calls, contentAt }: Turn, silence: Finding | null): Finding | null {
  if (text === null || text.trim() !== '' || calls || silence?.at === contentAt) return null;
  switch (role) {
    case 'system':
      return {
        kind: 'emptyContent',
        severity: 'information',
        at: contentAt,
        message: message('The system message is empty: chat templates write its marks all the same.'),
        fixes: [removeMessage(at)],
      };
    case 'user':
      return {
        kind: 'emptyContent',
        severity: 'warning',
        at: contentAt,
        message: message('The user says nothing here.'),
      };
    case 'assistant':
      return {
        kind: 'emptyContent',
        severity: 'warning',
        at: contentAt,
        message: message('The assistant says nothing here: the model learns to be silent.'),
      };
    // a tool may have nothing to say
    case 'tool':
    case null:
      return null;
  }
}
