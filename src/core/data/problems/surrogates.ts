import { message } from '../../../common/message';
import type { DatasetProblem } from '../../../protocol/sweep';
import { editAt } from './place';

/**
 * Halves of surrogate pairs, as in "\ud83d": JSON allows the escape, but it is no character. Python keeps it in its str, and
 * `tokenizers` then refuses the text (TypeError: TextInputSequence must be str).
 */
export function surrogateProblems(text: string, line: number): readonly DatasetProblem[] {
  // valid JSON has escapes nowhere but in texts
  if (!/\\u[dD][89a-fA-F]/.test(text)) return [];
  const escapes = [...text.matchAll(/\\(?:u([0-9a-fA-F]{4})|[^])/g)].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    code: match[1] === undefined ? null : Number.parseInt(match[1], 16),
  }));
  return escapes
    .filter((escape, index) => {
      if (isHigh(escape.code)) return !(isLow(escapes[index + 1]?.code) && escapes[index + 1]?.start === escape.end);
      if (!isLow(escape.code)) return false;
      return !(isHigh(escapes[index - 1]?.code) && escapes[index - 1]?.end === escape.start);
    })
    .map((escape) => ({
      kind: 'encoding',
      severity: 'error',
      line,
      column: escape.start,
      endLine: line,
      endColumn: escape.end,
      message: message(
        '{0} is half of a character: its other half is missing, and tokenizers refuse it.',
        text.slice(escape.start, escape.end),
      ),
      fixes: [{ title: message('Write {0}', '\\ufffd'), edits: [editAt(line, escape, '\\ufffd')] }],
    }));
}

function isHigh(code: number | null | undefined): boolean {
  return typeof code === 'number' && code >= 0xd800 && code <= 0xdbff;
}

function isLow(code: number | null | undefined): boolean {
  return typeof code === 'number' && code >= 0xdc00 && code <= 0xdfff;
}
