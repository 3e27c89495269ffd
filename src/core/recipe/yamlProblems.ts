import { isScalar, visit, type YAMLError } from 'yaml';
import { type Message, message } from '../../common/message';
import type { Fix, ProblemKind, RecipeProblem, TextRange } from './problem';
import { type Finding, problemOf as problemAt } from './report';
import type { RecipeSource } from './source';

/** A recipe is a page or two; what is larger is another kind of file, and slow to check at each key stroke. */
const MAX_LENGTH = 1_000_000;
/** Copies that aliases may make, all together: keeps "billion laughs" out (yaml, doc/errors.md, maxAliasCount). */
export const MAX_ALIASES = 100;

/** What is wrong with a text before anything is known of recipes: it isn't one YAML document that can be read. */
export function yamlProblems(text: string, file: string, source: RecipeSource | null): RecipeProblem[] {
  if (text.length > MAX_LENGTH)
    return [
      outside(file, 'tooLarge', message('This file has {0} characters: too many for a recipe.', text.length), {
        remedy: message('Keep data in files of their own and name them in data.path.'),
      }),
    ];
  const nul = text.indexOf('\0');
  if (nul >= 0 || source === null)
    return [
      outside(file, 'nulCharacter', message('This is no text: it has a NUL character at offset {0}.', nul), {
        remedy: message('Save the file as UTF-8 text.'),
      }),
    ];
  return [
    ...source.document.errors.map((error) => problemOf(error, file, source)),
    ...source.document.warnings.map((error) => problemOf(error, file, source)),
    ...aliasProblems(file, source),
  ];
}

/** A text that yaml must not see. */
export function isReadable(text: string): boolean {
  return text.length <= MAX_LENGTH && !text.includes('\0');
}

function outside(file: string, kind: ProblemKind, text: Message, { remedy }: { remedy: Message }): RecipeProblem {
  const place = { line: 1, column: 1, endLine: 1, endColumn: 1, range: { start: 0, end: 0 } };
  return { kind, severity: 'error', file, ...place, message: text, remedy, recipePath: [], fixes: [] };
}

function problemOf(error: YAMLError, file: string, source: RecipeSource): RecipeProblem {
  const range = rangeOf(error, source.text);
  const base = { severity: 'error' as const, file, ...source.place(range), recipePath: [] };
  const tab = tabBefore(source.text, range.start);
  if (error.code === 'TAB_AS_INDENT' || tab !== null) {
    return {
      ...base,
      ...(tab === null ? {} : source.place(tab)),
      kind: 'tab',
      message: message('A tab stands where YAML wants spaces.'),
      remedy: message('Indent with two spaces.'),
      fixes: tab === null ? [] : [tabFix(source.text, tab)],
    };
  }
  const quote = openQuote(error, source);
  if (quote !== null)
    return {
      ...base,
      ...source.place(quote),
      kind: 'syntax',
      message: message('This quote is never closed.'),
      remedy: message('Close it where the text ends, or take it away: most text needs no quotes.'),
      fixes: [],
    };
  switch (error.code) {
    case 'DUPLICATE_KEY':
      return {
        ...base,
        kind: 'duplicateKey',
        message: message('{0} stands here a second time.', source.text.slice(range.start, range.end)),
        remedy: message('Keep one of the two.'),
        fixes: [],
      };
    case 'MULTIPLE_DOCS':
      return {
        ...base,
        kind: 'severalDocuments',
        message: message('A second YAML document begins here.'),
        remedy: message('A recipe is one document: remove the --- line, or put the rest into a file of its own.'),
        fixes: [],
      };
    default:
      return { ...base, kind: 'syntax', message: whatIsWrong(error), remedy: remedyFor(error), fixes: [] };
  }
}

/** yaml tells of a missing closing quote at the end of the file; what a person looks for is where it was opened. */
function openQuote(error: YAMLError, source: RecipeSource): TextRange | null {
  if (error.code !== 'MISSING_CHAR' || !/^Missing closing ["']/.test(error.message)) return null;
  let start: number | null = null;
  visit(source.document, {
    Scalar(_key, { type, range }) {
      const quoted = type === 'QUOTE_DOUBLE' || type === 'QUOTE_SINGLE';
      if (quoted && range && range[0] < error.pos[0] && error.pos[0] <= range[2]) start = range[0];
    },
  });
  return start === null ? null : { start, end: start + 1 };
}

function whatIsWrong(error: YAMLError): Message {
  switch (error.code) {
    case 'BAD_INDENT':
      return message('The indentation of this line fits nothing above it.');
    case 'MISSING_CHAR':
      return message('A character is missing here: {0}', error.message);
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return message('This can be read neither as a key nor as a value.');
    case 'TAG_RESOLVE_FAILED':
      return message('A recipe has no tags such as !!python or !include.');
    default:
      return message('This is not valid YAML: {0}', error.message);
  }
}

function remedyFor(error: YAMLError): Message {
  switch (error.code) {
    case 'BAD_INDENT':
      return message('Begin keys of the same group at the same column.');
    case 'MISSING_CHAR':
      return message('Close what was opened: a quote, a bracket or a brace; after a key stands a colon.');
    case 'BLOCK_AS_IMPLICIT_KEY':
    case 'MULTILINE_IMPLICIT_KEY':
      return message('Write key: value with a space after the colon; put text that has a colon in quotes.');
    case 'TAG_RESOLVE_FAILED':
      return message('Write the value itself.');
    case 'BAD_SCALAR_START':
      return message('Put text that begins with @, `, %, * or & in quotes.');
    default:
      return message('Look at this line and the one above: mostly an indentation, a quote or a colon is wrong.');
  }
}

function rangeOf(error: YAMLError, text: string): TextRange {
  const start = Math.min(error.pos[0], text.length);
  const word = /^[^\s:,\]}]+/.exec(text.slice(start))?.[0].length ?? 0;
  return { start, end: Math.min(text.length, Math.max(error.pos[1], start + word)) };
}

/** The first tab in the indentation of the line that holds `offset`, or of the line before it. */
function tabBefore(text: string, offset: number): TextRange | null {
  let lineStart = text.lastIndexOf('\n', Math.max(0, offset - 1)) + 1;
  for (let lines = 0; lines < 2; lines++) {
    const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
    const tab = indent.indexOf('\t');
    if (tab >= 0) return { start: lineStart + tab, end: lineStart + tab + 1 };
    if (lineStart === 0) return null;
    lineStart = text.lastIndexOf('\n', lineStart - 2) + 1;
  }
  return null;
}

/** All indentation with tabs, in the whole file: one alone would leave the next as the next problem. */
function tabFix(text: string, first: TextRange): Fix {
  const edits = [...text.matchAll(/^ *\t[ \t]*/gm)].map((match) => ({
    range: { start: match.index, end: match.index + match[0].length },
    newText: match[0].replaceAll('\t', '  '),
  }));
  const title = message('Indent with spaces');
  return { title, edits: edits.length > 0 ? edits : [{ range: first, newText: '  ' }] };
}

function aliasProblems(file: string, source: RecipeSource): RecipeProblem[] {
  const findings: Finding[] = [];
  const aliases: TextRange[] = [];
  visit(source.document, {
    Alias: (_, alias) => {
      const range = rangeOfNode(alias);
      aliases.push(range);
      if (alias.resolve(source.document) === undefined)
        findings.push({
          kind: 'syntax',
          path: [],
          range,
          message: message('This alias names nothing that stands above it.'),
          remedy: message('Write the value itself.'),
        });
    },
    Pair: (_, { key }) => {
      if (!isScalar(key) || key.value !== '<<') return;
      findings.push({
        kind: 'aliases',
        path: [],
        range: rangeOfNode(key),
        message: message('Merge keys (<<) are not read in a recipe.'),
        remedy: message('Write the keys out where they belong.'),
      });
    },
  });
  const [first] = aliases;
  if (first !== undefined && findings.length === 0 && copiesTooMuch(source))
    findings.push({
      kind: 'aliases',
      path: [],
      range: first,
      message: message('These aliases make more than {0} copies.', MAX_ALIASES),
      remedy: message('Write the values out where they belong.'),
    });
  return findings.map((finding) => problemAt(source, file, finding));
}

function copiesTooMuch({ document }: RecipeSource): boolean {
  if (document.errors.length > 0) return false;
  try {
    document.toJS({ maxAliasCount: MAX_ALIASES });
    return false;
  } catch {
    return true;
  }
}

function rangeOfNode({ range }: { range?: readonly [number, number, number] | null | undefined }): TextRange {
  return { start: range?.[0] ?? 0, end: range?.[1] ?? 0 };
}
