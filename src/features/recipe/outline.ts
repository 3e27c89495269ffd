export interface OutlineNode {
  readonly key: string;
  readonly value: string;
  readonly line: number; // from 0
  readonly endLine: number;
  readonly children: readonly OutlineNode[];
}

type Growing = { key: string; value: string; line: number; endLine: number; children: Growing[]; indent: number };

const KEY = /^( *)(?:"([^"]+)"|'([^']+)'|([\w.-]+))[ \t]*:(?:[ \t]+(.*))?$/;

/**
 * The keys of a recipe by indentation, for the editor's outline. Read line by line rather than parsed: the outline must
 * stay while a line is being typed.
 */
export function outlineOf(text: string): readonly OutlineNode[] {
  const roots: Growing[] = [];
  const open: Growing[] = [];
  let scalarIndent: number | null = null; // inside a block scalar (`key: |`) of this key indent
  for (const [line, content] of text.split(/\r?\n/).entries()) {
    if (content.trim() === '' || content.trimStart().startsWith('#')) continue;
    const indent = content.length - content.trimStart().length;
    if (scalarIndent !== null && indent > scalarIndent) {
      for (const node of open) node.endLine = line;
      continue;
    }
    scalarIndent = null;
    const match = KEY.exec(content);
    if (match === null) {
      for (const node of open) if (node.indent < indent || content.trimStart().startsWith('-')) node.endLine = line;
      continue;
    }
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    const value = (match[5] ?? '').trim();
    const node: Growing = {
      key: match[2] ?? match[3] ?? match[4] ?? '',
      value: /^[|>]/.test(value) ? '' : value,
      line,
      endLine: line,
      children: [],
      indent,
    };
    (open.at(-1)?.children ?? roots).push(node);
    open.push(node);
    for (const ancestor of open) ancestor.endLine = line;
    if (/^[|>][-+\d]*\s*(#.*)?$/.test(value)) scalarIndent = indent;
  }
  return roots;
}
