import type { DatasetFix, DatasetProblem } from '../../../protocol/sweep';
import type { Change, Finding, Path } from './finding';
import { type JsonNode, type JsonProperty, readJson, type Span } from './jsonTree';

/** Gives findings about a row their places in its line. `line`: 0-based. */
export function placed(text: string, line: number, findings: readonly Finding[]): readonly DatasetProblem[] {
  if (findings.length === 0) return [];
  const read = readJson(text);
  // JSON.parse has read it, so this is only what is nested deeper than a row can be
  const root = read.ok ? read.value : null;
  return findings.map((finding) => {
    const { kind, severity, message, fixes = [] } = finding;
    const span = root === null ? wholeLine(text) : spanOf(text, root, finding);
    return {
      kind,
      severity,
      line,
      column: span.start,
      endLine: line,
      endColumn: span.end,
      message,
      fixes: root === null ? [] : fixes.flatMap((fix) => placedFix(text, line, root, fix) ?? []),
    };
  });
}

export function wholeLine(text: string): Span {
  const start = text.length - text.trimStart().length;
  return { start, end: Math.max(start, text.trimEnd().length) };
}

/** Removes the line with its end; on the last line of a file, its text. */
export function deletedLine(line: number): DatasetFix['edits'][number] {
  return { startLine: line, startColumn: 0, endLine: line + 1, endColumn: 0, newText: '' };
}

export function editAt(line: number, { start, end }: Span, newText: string): DatasetFix['edits'][number] {
  return { startLine: line, startColumn: start, endLine: line, endColumn: end, newText };
}

function spanOf(text: string, root: JsonNode, { at, key }: Finding): Span {
  if (at.length === 0) return wholeLine(text);
  const found = walk(root, at);
  if (key && found.property !== null) return found.property.key;
  return found.node === root ? wholeLine(text) : found.node;
}

interface Found {
  readonly node: JsonNode;
  /** The property whose value it is. */
  readonly property: JsonProperty | null;
  /** The list that it is an item of. */
  readonly list: readonly JsonNode[] | null;
  /** Whether this is what was looked for, and not what is above it. */
  readonly exact: boolean;
}

function walk(root: JsonNode, path: Path): Found {
  let found: Found = { node: root, property: null, list: null, exact: true };
  for (const step of path) {
    const { node } = found;
    if (node.kind === 'object') {
      // of keys that stand twice, JSON.parse and Python take the last
      const property = node.properties.findLast(({ name }) => name === step);
      if (property === undefined) return { ...found, exact: false };
      found = { node: property.value, property, list: null, exact: true };
    } else if (node.kind === 'array') {
      const item = node.items[Number(step)];
      if (item === undefined) return { ...found, exact: false };
      found = { node: item, property: null, list: node.items, exact: true };
    } else return { ...found, exact: false };
  }
  return found;
}

function placedFix(
  text: string,
  line: number,
  root: JsonNode,
  { title, changes }: NonNullable<Finding['fixes']>[number],
): DatasetFix | null {
  const edits = changes.map((change) => placedChange(text, line, root, change));
  const all = edits.filter((edit) => edit !== null);
  return all.length === edits.length ? { title, edits: all } : null;
}

function placedChange(text: string, line: number, root: JsonNode, change: Change): DatasetFix['edits'][number] | null {
  if (change.change === 'deleteRow') return deletedLine(line);
  const { node, list, exact } = walk(root, change.at);
  if (!exact) return null;
  switch (change.change) {
    case 'replace':
      return editAt(line, node, change.json);
    case 'surround':
      return editAt(line, node, change.before + text.slice(node.start, node.end) + change.after);
    case 'append': {
      const more = walk(root, change.textOf);
      if (!more.exact || more.node.kind !== 'string' || node.kind !== 'string') return null;
      const inner = text.slice(more.node.start + 1, more.node.end - 1);
      return editAt(line, { start: node.end - 1, end: node.end - 1 }, change.between + inner);
    }
    case 'remove':
      return list === null ? null : editAt(line, withComma(list, node), '');
  }
}

function withComma(list: readonly JsonNode[], node: JsonNode): Span {
  const index = list.indexOf(node);
  const before = list[index - 1];
  const after = list[index + 1];
  if (before !== undefined) return { start: before.end, end: node.end };
  return after === undefined ? node : { start: node.start, end: after.start };
}
