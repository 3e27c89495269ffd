import { type Message, message } from '../../../common/message';
import type { DatasetFix, DatasetProblem } from '../../../protocol/sweep';
import { type JsonFault, MAX_DEPTH, readJson } from './jsonTree';
import { deletedLine, editAt } from './place';
import { pythonToJson } from './pythonLiteral';

interface Candidate {
  readonly title: Message;
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** Each fix is tried before it is offered; of longer lines that would take seconds. */
const MAX_MENDED_CHARACTERS = 1_000_000;

/** Why a line is no JSON, where exactly, and what mends it. Null where it is JSON after all. */
export function badJson(text: string, line: number): DatasetProblem | null {
  const read = readJson(text);
  if (read.ok) return null;
  const bracket = listBracket(text, line);
  if (bracket !== null) return bracket;
  const { start, end } = read.error;
  return {
    kind: 'badJson',
    severity: 'error',
    line,
    column: start,
    endLine: line,
    endColumn: Math.max(end, start),
    message: reasonOf(read.error, text),
    fixes: (text.length > MAX_MENDED_CHARACTERS ? [] : candidates(read.error, text))
      .filter((candidate) => mends(text, read.error, candidate))
      .map(({ title, newText, ...span }) => ({ title, edits: [editAt(line, span, newText)] })),
  };
}

/** A fix is offered only if the row is JSON after it, or wrong only further on. */
function mends(text: string, fault: JsonFault, { start, end, newText }: Candidate): boolean {
  const [first = '', ...more] = (text.slice(0, start) + newText + text.slice(end)).split('\n');
  const read = readJson(first);
  return read.ok || (more.length === 0 && read.error.start > fault.start);
}

/** A line of nothing but the bracket that a .json file begins or ends with. */
function listBracket(text: string, line: number): DatasetProblem | null {
  if (!/^\s*[[\]],?\s*$/.test(text)) return null;
  const fix: DatasetFix = { title: message('Delete the line'), edits: [deletedLine(line)] };
  return {
    kind: 'badJson',
    severity: 'error',
    line,
    column: 0,
    endLine: line,
    endColumn: text.length,
    message: message('JSONL is one row a line, without brackets around all of them.'),
    fixes: [fix],
  };
}

function reasonOf({ kind, start, end }: JsonFault, text: string): Message {
  const written = text.slice(start, Math.min(end, start + 40));
  switch (kind) {
    case 'singleQuotes':
      return message(
        'JSON has double quotes only. Rows with single quotes were printed by Python, not written as JSON.',
      );
    case 'notJsonWord':
      return message('JSON has no {0}; texts stand in double quotes.', written);
    case 'badNumber':
      return message('{0} is no number in JSON.', written);
    case 'unclosedString':
      return message('The quotes of this text are never closed. A line break within a text is written as {0}.', '\\n');
    case 'controlCharacter':
      return message('This character must be written as {0} within a text.', escaped(text.charCodeAt(start)));
    case 'badEscape':
      return message('JSON has no escape {0}.', written);
    case 'comment':
      return message('JSON has no comments.');
    case 'trailingComma':
      return message('A comma stands after the last item.');
    case 'missingComma':
      return message('A comma is missing before this.');
    case 'missingColon':
      return message('A colon is missing between key and value.');
    case 'keyExpected':
      return message('A key in double quotes is expected here.');
    case 'valueExpected':
      return message('A value is expected here.');
    case 'wrongBracket':
      return message('{0} closes nothing that is open here.', written);
    case 'unclosed':
      return message('{0} is never closed: the line ends first.', text.slice(start, start + 1));
    case 'afterRow':
      return rest(text, start) === ''
        ? message('JSONL has no commas between rows.')
        : message('Something follows the row. Each row stands on a line of its own.');
    case 'tooDeep':
      return message('The row is nested more than {0} levels deep.', MAX_DEPTH);
  }
}

function candidates({ kind, start, end }: JsonFault, text: string): readonly Candidate[] {
  const written = text.slice(start, end);
  switch (kind) {
    case 'singleQuotes':
      return wholeRow(text);
    case 'notJsonWord': {
      const json = { True: 'true', False: 'false', None: 'null', TRUE: 'true', FALSE: 'false', undefined: 'null' };
      const word = Object.entries(json).find(([name]) => name === written)?.[1];
      const newText = word ?? (/^[-+]?(nan|infinity|inf)$/i.test(written) ? 'null' : null);
      return newText === null
        ? wholeRow(text)
        : [{ title: message('Write {0}', newText), start, end, newText }, ...wholeRow(text)];
    }
    case 'controlCharacter': {
      const newText = escaped(text.charCodeAt(start));
      return [{ title: message('Write {0}', newText), start, end, newText }];
    }
    case 'badEscape':
      return written === "\\'"
        ? [{ title: message('Write {0}', "'"), start, end, newText: "'" }]
        : [{ title: message('Write {0}', `\\${written}`), start, end, newText: `\\${written}` }];
    case 'trailingComma':
      return [{ title: message('Remove the comma'), start, end, newText: '' }];
    case 'missingComma':
      return [{ title: message('Insert a comma'), start, end: start, newText: ',' }];
    case 'keyExpected':
      return /^[\w$-]+$/.test(written)
        ? [{ title: message('Put the key in quotes'), start, end, newText: `"${written}"` }, ...wholeRow(text)]
        : [];
    case 'afterRow': {
      const more = rest(text, start);
      if (more === '') return [{ title: message('Remove the comma'), start, end: text.length, newText: '' }];
      return /^[{[]/.test(more)
        ? [
            {
              title: message('Begin a new line here'),
              start,
              end: text.length - more.length - (text.length - text.trimEnd().length),
              newText: '\n',
            },
          ]
        : [];
    }
    case 'badNumber':
    case 'unclosedString':
    case 'comment':
    case 'missingColon':
    case 'valueExpected':
    case 'wrongBracket':
    case 'unclosed':
    case 'tooDeep':
      return [];
  }
}

/** What follows the row, without the comma that may stand before it. */
function rest(text: string, start: number): string {
  return text
    .slice(start)
    .replace(/^\s*,?\s*/, '')
    .trimEnd();
}

function wholeRow(text: string): readonly Candidate[] {
  const json = pythonToJson(text);
  return json === null
    ? []
    : [{ title: message('Write the row as JSON'), start: 0, end: text.length, newText: json.trim() }];
}

function escaped(code: number): string {
  const short = { 8: '\\b', 9: '\\t', 10: '\\n', 12: '\\f', 13: '\\r' };
  const found = Object.entries(short).find(([key]) => Number(key) === code)?.[1];
  return found ?? `\\u${code.toString(16).padStart(4, '0')}`;
}
