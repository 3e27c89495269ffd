import { message } from '../../../common/message';
import { isPlainObject } from '../../../protocol/shape';
import { oneLine } from '../rawJson';
import type { Finding, Path } from './finding';

const KIND = 'toolArguments';

/**
 * Chat templates write `tool_call.arguments | tojson`, or walk over its items: they expect an object. OpenAI's own files have
 * JSON text there, which most templates write in quotes a second time and some refuse (TRL's chat_templates: lfm2_2_5_vl,
 * diffusion_gemma, muse_glimmer). Tunebook's trainer makes objects of such texts (tool_calls.py), so that is no error.
 */
export function* toolCallFindings(calls: unknown, at: Path): Generator<Finding> {
  if (calls === undefined || calls === null) return;
  if (!Array.isArray(calls)) {
    yield {
      kind: KIND,
      severity: 'error',
      at,
      message: message('tool_calls is no list of calls.'),
      fixes: isPlainObject(calls)
        ? [
            {
              title: message('Put it into a list'),
              changes: [{ change: 'surround', at, before: '[', after: ']' }],
            },
          ]
        : [],
    };
    return;
  }
  for (const [index, call] of calls.entries()) yield* callFindings(call, [...at, index]);
}

function* callFindings(call: unknown, at: Path): Generator<Finding> {
  if (!isPlainObject(call)) {
    yield { kind: KIND, severity: 'error', at, message: message('A tool call is an object with a function.') };
    return;
  }
  // templates take the call itself where it has no `function`
  const inside = Object.hasOwn(call, 'function');
  const called = inside ? call['function'] : call;
  const path = inside ? [...at, 'function'] : at;
  if (!isPlainObject(called) || typeof called['name'] !== 'string' || called['name'] === '')
    yield {
      kind: KIND,
      severity: 'error',
      at: [...path, 'name'],
      message: message('This tool call names no function.'),
    };
  if (isPlainObject(called)) yield* argumentFindings(called['arguments'], [...path, 'arguments']);
}

function* argumentFindings(value: unknown, at: Path): Generator<Finding> {
  if (isPlainObject(value)) return;
  if (typeof value === 'string') {
    yield textFinding(value, at);
    return;
  }
  const empty = value === null || value === undefined;
  yield {
    kind: KIND,
    severity: empty ? 'warning' : 'error',
    at,
    message: empty
      ? message('This tool call has no arguments. Chat templates expect an object, if only {0}.', '{}')
      : message('The arguments of a tool call must be an object: names and values.'),
    fixes:
      value === null ? [{ title: message('Write {0}', '{}'), changes: [{ change: 'replace', at, json: '{}' }] }] : [],
  };
}

function textFinding(text: string, at: Path): Finding {
  const parsed = parsedObject(text);
  if (parsed === null)
    return {
      kind: KIND,
      severity: 'error',
      at,
      message: message('The arguments of a tool call are a text that holds no JSON object.'),
    };
  return {
    kind: KIND,
    severity: 'information',
    at,
    message: message(
      'The arguments of a tool call are JSON in a text. Tunebook makes an object of it, as chat templates expect; other programs may not.',
    ),
    fixes: [{ title: message('Make the arguments an object'), changes: [{ change: 'replace', at, json: parsed }] }],
  };
}

/** The row's column `tools`: a list of JSON schemas, or the JSON text of one, as TRL takes it. */
export function* toolDefinitionFindings(value: unknown, at: Path): Generator<Finding> {
  if (value === undefined || value === null || value === '') return;
  const list = typeof value === 'string' ? parsedJson(value) : value;
  if (Array.isArray(list) && list.every(isPlainObject)) return;
  yield { kind: KIND, severity: 'error', at, message: message('tools is no list of tool definitions.') };
}

/** The text itself, so that numbers and the order of keys stay. */
function parsedObject(text: string): string | null {
  if (text.trim() === '') return '{}';
  return isPlainObject(parsedJson(text)) ? oneLine(text.trim()) : null;
}

/** Undefined for what is no JSON. */
function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
