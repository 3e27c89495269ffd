/** docs/parity.md: what is equal to Python's answer, and what is not. */
import { peerTemplateEqual, peerTokenizerEqual } from './core/tokens/parityPeers';
import { readReference, templateRows } from './core/tokens/templateReference';
import { tokenizerRows, tokenizers } from './core/tokens/tokenizerParity';
import { labelRows } from './engine/tokens/labelReference';

/** Markdown. Takes some seconds. */
export async function parityTable(): Promise<string> {
  return `# Parity with Python

What Tunebook shows of tokens and labels before a run is made in TypeScript. This page says, case by case, whether it is
what Python makes: transformers for tokenizers and chat templates, TRL's SFTTrainer for labels and batches. The answers of
Python are in \`test/fixtures/parity\`, written by \`tools/parity\`; \`npm run parity\` writes this page, the tests compare
both. Beside Tunebook's own stands what the libraries @huggingface/tokenizers and @huggingface/jinja make of the same cases.

${tokenizerSection()}
${templateSection()}
${await labelSection()}`;
}

function tokenizerSection(): string {
  const rows = tokenizerRows().map(({ tokenizer, class: name, texts, equalIds, equalOffsets }, index) => {
    const peer = tokenizers[index];
    return [tokenizer, name, texts, equalIds, equalOffsets, peer === undefined ? '' : peerTokenizerEqual(peer)];
  });
  return section(
    'Tokenizers',
    'Texts of many scripts, spaces and special tokens. Ids: those of transformers. Places: each character in the same token.',
    ['Tokenizer', 'Class', 'Texts', 'Equal ids', 'Equal places', '@huggingface/tokenizers: equal ids'],
    rows,
  );
}

function templateSection(): string {
  const reference = readReference();
  const rows = templateRows(reference).map(({ template, cases, equal, refusedBoth, unsupported, different }, index) => {
    const peer = reference.templates[index];
    const peerEqual = peer === undefined ? '' : peerTemplateEqual(reference, peer);
    return [template, cases, equal, refusedBoth, unsupported, different, peerEqual];
  });
  return section(
    'Chat templates',
    'Conversations with and without system message, of several turns, with tools, with and without generation prompt. Equal: the same text, and the same stretches between generation marks.',
    [
      'Template',
      'Cases',
      'Equal',
      'Refused by both',
      'Left to the trainer',
      'Different',
      '@huggingface/jinja: equal or refused by both',
    ],
    rows,
  );
}

const VERDICTS = {
  equal: 'equal',
  refusedBoth: 'refused by both',
  unsupported: 'left to the trainer',
  different: '**different**',
};

async function labelSection(): Promise<string> {
  const rows = (await labelRows()).map(({ recipe, sequences, positions, verdict }) => [
    recipe,
    sequences,
    positions,
    VERDICTS[verdict],
  ]);
  return section(
    'Labels and batches',
    'Tokenizer with template on rows, and the settings. Equal: every id and label of every batch of the first epoch, in its order (of large datasets the first batches).',
    ['Recipe', 'Sequences', 'Positions', 'Result'],
    rows,
  );
}

type Cell = string | number;

function section(title: string, about: string, head: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const line = (cells: readonly Cell[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (typeof rows[0]?.[column] === 'number' ? '---:' : '---'));
  return `## ${title}\n\n${about}\n\n${[line(head), line(rule), ...rows.map(line), line(total(head, rows))].join('\n')}\n`;
}

/** Sums, where every cell of a column is a number. */
function total(head: readonly string[], rows: readonly (readonly Cell[])[]): Cell[] {
  return head.map((_, column) => {
    if (column === 0) return `**${rows.length} in all**`;
    const numbers = rows.map((row) => row[column]).filter((cell) => typeof cell === 'number');
    return numbers.length === rows.length ? `**${numbers.reduce((sum, value) => sum + value, 0)}**` : '';
  });
}
