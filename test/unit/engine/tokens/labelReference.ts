import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { vi } from 'vitest';
import type { ResolvedRecipe } from '../../../../src/protocol/trainer';
import { TokensError } from '../../../../src/core/tokens/tokensError';
import { viewTokens } from '../../../../src/engine/tokens/viewTokens';
import type { SpecialTokenInfo, TokenCounts, TokenFinding, TokenView } from '../../../../src/protocol/tokenView';
import { readParity } from '../../parityFile';

export const ROOT = path.resolve(import.meta.dirname, '../../../..');

/** What tools/parity/labels_reference.py tells of one recipe. */
export interface LabelCase {
  readonly name: string;
  readonly tokenizer: string;
  readonly template: string | null;
  readonly rows: string;
  readonly sections: ResolvedRecipe['sections'];
  /** Kind of the trainer's failure; null where there are batches. */
  readonly failure: string | null;
  readonly counts?: Omit<TokenCounts, 'complete' | 'efficiency'>;
  readonly special?: readonly SpecialTokenInfo[];
  readonly chatTemplateSource?: TokenView['tokenizer']['chatTemplateSource'];
  /** [ids, labels] of each sequence of each batch of the first epoch. */
  readonly batches?: readonly (readonly (readonly [ids: number[], labels: number[]])[])[];
}

// SAFETY: tools/parity/labels_reference.py writes it so.
export const reference = readParity('labels.json.gz') as {
  /** Local time, as strftime_now had it. */
  readonly now: string;
  readonly rows: Readonly<Record<string, string>>;
  readonly model: string;
  readonly cases: readonly LabelCase[];
};

/** A folder with the case's files, and its recipe there. */
export function layOut(labelCase: LabelCase): { readonly recipe: ResolvedRecipe; readonly remove: () => void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'tunebook-labels-'));
  mkdirSync(path.join(folder, 'model'));
  writeFileSync(path.join(folder, 'model', 'config.json'), reference.model);
  writeFileSync(path.join(folder, 'rows.jsonl'), reference.rows[labelCase.rows] ?? '');
  const { tokenizer, template, sections } = labelCase;
  const tokenizerFolder = tokenizer === 'yoda' ? 'samples/yoda/base' : `test/fixtures/tokenizers/${tokenizer}`;
  const recipe = {
    name: 'parity',
    recipeFile: path.join(folder, 'parity.tune.yaml'),
    baseDirectory: folder,
    sections: {
      ...sections,
      tokenizer: {
        ...sections.tokenizer,
        tokenizer_name_or_path: path.join(ROOT, tokenizerFolder),
        chat_template: template === null ? null : path.join(ROOT, template),
      },
    },
  };
  return { recipe, remove: () => rmSync(folder, { recursive: true }) };
}

const asked = { signal: new AbortController().signal, progress: () => {} };

/** The view on the day of the reference (templates may tell the date), or the finding that keeps it from being made. */
export async function look(labelCase: LabelCase): Promise<TokenView | TokenFinding> {
  const { recipe, remove } = layOut(labelCase);
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(reference.now) });
  try {
    return await viewTokens({ recipe, batches: 1e6, rows: null }, asked);
  } catch (error) {
    if (error instanceof Error && error.cause instanceof TokensError) return error.cause.finding;
    throw error;
  } finally {
    vi.useRealTimers();
    remove();
  }
}

export function idsAndLabels({ batches }: TokenView): NonNullable<LabelCase['batches']> {
  // SAFETY: readonly arrays are compared, never changed.
  return batches.map(({ sequences }) => sequences.map(({ ids, labels }) => [ids, labels] as [number[], number[]]));
}

export interface LabelRow {
  readonly recipe: string;
  readonly sequences: number;
  readonly positions: number;
  readonly verdict: 'equal' | 'refusedBoth' | 'unsupported' | 'different';
}

/** The rows of the table in docs/parity.md. */
export async function labelRows(): Promise<LabelRow[]> {
  const rows: LabelRow[] = [];
  for (const labelCase of reference.cases) {
    const { name, batches = [] } = labelCase;
    const sequences = batches.flat();
    rows.push({
      recipe: name,
      sequences: sequences.length,
      positions: sequences.reduce((sum, [ids]) => sum + ids.length, 0),
      verdict: verdict(labelCase, await look(labelCase)),
    });
  }
  return rows;
}

function verdict({ failure, batches = [] }: LabelCase, seen: TokenView | TokenFinding): LabelRow['verdict'] {
  if ('kind' in seen)
    return failure !== null ? 'refusedBoth' : seen.severity === 'warning' ? 'unsupported' : 'different';
  if (failure !== null) return seen.findings.some(({ severity }) => severity === 'error') ? 'refusedBoth' : 'different';
  return JSON.stringify(idsAndLabels(seen).slice(0, batches.length)) === JSON.stringify(batches)
    ? 'equal'
    : 'different';
}
