import { afterAll, describe, expect, it } from 'vitest';
import { TokensError } from '../../../../src/core/tokens/tokensError';
import { viewTokens } from '../../../../src/engine/tokens/viewTokens';
import type { TokenFinding, TokenView } from '../../../../src/protocol/tokenView';
import { type LabelCase, layOut, reference } from './labelReference';

const asked = { signal: new AbortController().signal, progress: () => {} };

function labels({ batches }: TokenView): (readonly [ids: readonly number[], labels: readonly number[]])[][] {
  return batches.map(({ sequences }) => sequences.map((sequence) => [sequence.ids, sequence.labels] as const));
}

/** The view, or the finding that keeps it from being made. */
async function look(labelCase: LabelCase): Promise<TokenView | TokenFinding> {
  const { recipe, remove } = layOut(labelCase);
  try {
    return await viewTokens({ recipe, batches: 1e6, rows: null }, asked);
  } catch (error) {
    if (error instanceof Error && error.cause instanceof TokensError) return error.cause.finding;
    throw error;
  } finally {
    remove();
  }
}

describe('batches of the first epoch, token for token as TRL makes them', () => {
  const onlyTheTrainer: string[] = [];

  it.each(reference.cases.map((labelCase) => [labelCase.name, labelCase] as const))('%s', async (name, labelCase) => {
    const seen = await look(labelCase);
    const { failure, counts, special, chatTemplateSource, batches = [] } = labelCase;
    if ('kind' in seen) {
      if (failure === null) onlyTheTrainer.push(`${name}: ${seen.kind}`);
      // What the trainer refuses is an error; what only the editor can't do is a warning.
      else expect(seen.severity).toBe(seen.kind === 'noGenerationMarks' ? 'warning' : 'error');
      return;
    }
    if (failure !== null) {
      expect(failure).toBe('allLabelsMasked');
      expect(seen.findings).toContainEqual(expect.objectContaining({ kind: 'allMasked', severity: 'error' }));
      return;
    }
    expect(batches.length).toBeGreaterThan(0);
    expect(labels(seen).slice(0, batches.length)).toEqual(batches);
    expect(seen.tokenizer.special).toEqual(special);
    expect(seen.tokenizer.chatTemplateSource).toBe(chatTemplateSource);
    expect(seen.counts).toMatchObject(comparable(seen, counts));
  });

  afterAll(() => {
    // TRL knows Cohere's template character for character and swaps one of its own in.
    expect(onlyTheTrainer).toEqual([
      'cohere-class with trl_cohere on chats, assistant_only_loss: true: noGenerationMarks',
    ]);
  });
});

/** The trainer counts prepared sequences, the editor what the loss sees: rows, and the first of each padding-free part. */
function comparable({ packing }: TokenView, counts: LabelCase['counts']): Partial<TokenView['counts']> {
  const { trainedTokens = 0, maskedRows = 0, ...other } = counts ?? {};
  if (packing === 'no') return { ...other, trainedTokens, maskedRows };
  return packing === 'wrapped' ? { ...other, trainedTokens } : other;
}
