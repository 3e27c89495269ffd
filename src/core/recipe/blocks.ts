import { isMap, isNode, Parser } from 'yaml';
import { message } from '../../common/message';
import { err, ok, type Result } from '../../common/result';
import type { RecipeProblem, TextRange } from './problem';
import { keyText, RecipeSource } from './source';
import { isReadable, yamlProblems } from './yamlProblems';

/** A stretch of whole lines: a top-level key with its value, or a comment that stands at column 1 between them. */
export type Block =
  | { readonly kind: 'section'; readonly section: string; readonly raw: string; readonly after: string }
  | { readonly kind: 'markdown'; readonly section: null; readonly raw: string; readonly after: string };

export interface Blocks {
  readonly before: string;
  readonly blocks: readonly Block[];
  readonly after: string;
  readonly eol: '\n' | '\r\n';
}

/** Cuts a text into blocks so that before + every (raw + after) + after is the text. */
export function blocksOf(text: string, file: string): Result<Blocks, readonly RecipeProblem[]> {
  if (!isReadable(text)) return err(yamlProblems(text, file, null));
  const source = new RecipeSource(text);
  const problems = yamlProblems(text, file, source);
  if (problems.length > 0) return err(problems);
  const starts = sectionStarts(source);
  const { bodyStart, bodyEnd } = bodyOf(text);
  const drafts = starts === null ? null : draftsOf(text, bodyStart, bodyEnd, starts);
  if (drafts === null) return err([notSections(source, file)]);
  const [first] = drafts;
  return ok({
    before: text.slice(0, first?.start ?? bodyEnd),
    after: text.slice(bodyEnd),
    eol: source.eol,
    blocks: drafts.map((draft, index) => blockOf(draft, text, drafts[index + 1]?.start ?? bodyEnd)),
  });
}

function blockOf({ section, start, end }: Draft, text: string, next: number): Block {
  const raw = text.slice(start, end);
  const after = text.slice(end, next);
  return section === null ? { kind: 'markdown', section, raw, after } : { kind: 'section', section, raw, after };
}

interface Draft {
  readonly section: string | null;
  readonly start: number;
  /** After the last character of the last line, before its line end. */
  end: number;
}

/** Null where something stands at the top level that is in no section. */
function draftsOf(
  text: string,
  bodyStart: number,
  bodyEnd: number,
  starts: ReadonlyMap<number, string>,
): readonly Draft[] | null {
  const drafts: Draft[] = [];
  let section: Draft | null = null;
  let lastWasComment = false;
  for (const line of linesOf(text, bodyStart, bodyEnd)) {
    const content = text.slice(line.start, line.end);
    const name = starts.get(line.start);
    const isComment = content.startsWith('#');
    if (name !== undefined) {
      section = { section: name, ...line };
      drafts.push(section);
    } else if (content.trim() === '') {
      // blank lines are the space between blocks, unless the section goes on below
    } else if (isComment) {
      const previous = drafts.at(-1);
      if (lastWasComment && previous !== undefined) previous.end = line.end;
      else drafts.push({ section: null, ...line });
    } else {
      if (section === null) return null;
      // the section goes on: the comments since its last line were inside it
      drafts.splice(drafts.indexOf(section) + 1);
      section.end = line.end;
    }
    lastWasComment = isComment;
  }
  return drafts;
}

function* linesOf(text: string, start: number, end: number): Generator<TextRange> {
  while (start < end) {
    const newline = text.indexOf('\n', start);
    const next = newline < 0 || newline >= end ? end : newline + 1;
    let contentEnd = newline < 0 || newline >= end ? end : newline;
    if (contentEnd > start && text[contentEnd - 1] === '\r') contentEnd--;
    yield { start, end: contentEnd };
    start = next;
  }
}

/** Line start → name of each top-level key; null if the top level is no block mapping at column 1. */
function sectionStarts(source: RecipeSource): ReadonlyMap<number, string> | null {
  const { text } = source;
  const { contents } = source.document;
  const starts = new Map<number, string>();
  if (source.isEmpty) return starts;
  if (!isMap(contents) || contents.flow === true) return null;
  for (const { key } of contents.items) {
    if (!isNode(key) || !key.range) return null;
    const [offset] = key.range;
    const newline = text.lastIndexOf('\n', offset - 1);
    const lineStart = newline < 0 ? (text.startsWith('\uFEFF') ? 1 : 0) : newline + 1;
    // before a key may stand "? " and an anchor or tag, but no indentation
    if (/^\s/.test(text.slice(lineStart, offset)) || starts.has(lineStart)) return null;
    starts.set(lineStart, keyText(key));
  }
  return starts;
}

/** Without byte order mark, directives and `---` before, and without `...` and what follows it. */
function bodyOf(text: string): { readonly bodyStart: number; readonly bodyEnd: number } {
  let bodyStart = text.startsWith('\uFEFF') ? 1 : 0;
  let bodyEnd = text.length;
  for (const token of new Parser().parse(text)) {
    if (token.type === 'doc-end') bodyEnd = Math.min(bodyEnd, token.offset);
    if (token.type !== 'document') continue;
    const marker = token.start.find(({ type }) => type === 'doc-start');
    if (marker === undefined) continue;
    const newline = text.indexOf('\n', marker.offset);
    bodyStart = newline < 0 ? text.length : newline + 1;
  }
  return { bodyStart, bodyEnd };
}

function notSections(source: RecipeSource, file: string): RecipeProblem {
  return {
    kind: 'notMapping',
    severity: 'error',
    file,
    ...source.place(source.nearestRange([])),
    message: message('The top level of this file is not a list of sections.'),
    remedy: message('Begin each section, such as model:, at the first column of a line, with its keys indented below.'),
    recipePath: [],
    fixes: [],
  };
}
