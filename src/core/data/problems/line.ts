import { message } from '../../../common/message';
import { isPlainObject } from '../../../protocol/shape';
import type { DatasetProblem } from '../../../protocol/sweep';
import { badJson } from './badJson';
import type { Finding } from './finding';
import type { RowForm } from './form';
import { placed, wholeLine } from './place';
import { rowFindings } from './row';
import type { RowTokens } from './rowTokens';
import { surrogateProblems } from './surrogates';

/** Longer lines are not looked at: one of them alone could need a gigabyte of memory. UTF-16 units. */
export const MAX_LINE_CHARACTERS = 16 * 1024 * 1024;
/** Of one row no more are told: who mends these sees the next ones. */
const MAX_PROBLEMS = 30;

export interface ExaminedLine {
  readonly problems: readonly DatasetProblem[];
  /** Null where the line is no row. */
  readonly row: Readonly<Record<string, unknown>> | null;
}

/**
 * What is wrong with one line of a JSONL file, without its line end. `line`: 0-based. `form`: how the trainer reads the rows;
 * null where it can't read them at all, then only JSON is judged. `tokens`: of a recipe that trains on the file. Blank lines are
 * none, as for the trainer.
 */
export function examineLine(
  text: string,
  line: number,
  form: RowForm | null,
  tokens: RowTokens | null = null,
): ExaminedLine {
  if (text.trim() === '') return { problems: [], row: null };
  if (text.length > MAX_LINE_CHARACTERS) return { problems: [lineTooLong(line)], row: null };
  const value = parsed(text);
  if (value === undefined) {
    const problem = badJson(text, line);
    return { problems: problem === null ? [] : [problem], row: null };
  }
  if (!isPlainObject(value)) return { problems: [notObject(text, line)], row: null };
  const findings = form === null ? [] : [...rowFindings(value, form)];
  const hasErrors = findings.some(isError);
  const counted = hasErrors ? null : (tokens?.examine({ row: 0, line: line + 1, text, value }) ?? null);
  if (counted !== null) findings.push(counted);
  const problems = [...placed(text, line, worst(findings)), ...surrogateProblems(text, line)];
  return { problems: problems.sort((a, b) => a.column - b.column).slice(0, MAX_PROBLEMS), row: value };
}

export function lineTooLong(line: number): DatasetProblem {
  return {
    kind: 'lineTooLong',
    severity: 'warning',
    line,
    column: 0,
    endLine: line,
    endColumn: 1,
    message: message(
      'This line has more than {0} million characters and was not looked at.',
      MAX_LINE_CHARACTERS / 1024 / 1024,
    ),
    fixes: [],
  };
}

function notObject(text: string, line: number): DatasetProblem {
  const { start, end } = wholeLine(text);
  return {
    kind: 'notObject',
    severity: 'error',
    line,
    column: start,
    endLine: line,
    endColumn: end,
    message: message('A row is an object with columns: {0}.', '{"messages": […]}'),
    fixes: [],
  };
}

function isError({ severity }: Finding): boolean {
  return severity === 'error';
}

/** Of too many the errors, then the others. */
function worst(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= MAX_PROBLEMS) return findings;
  return [...findings.filter(isError), ...findings.filter((finding) => !isError(finding))].slice(0, MAX_PROBLEMS);
}

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
