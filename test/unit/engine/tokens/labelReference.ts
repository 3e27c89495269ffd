import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ResolvedRecipe } from '../../../../src/protocol/trainer';
import type { SpecialTokenInfo, TokenCounts, TokenView } from '../../../../src/protocol/tokenView';
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
