import { afterAll, describe, expect, it } from 'vitest';
import type { TokenView } from '../../../../src/protocol/tokenView';
import { idsAndLabels, type LabelCase, look, reference } from './labelReference';

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
    expect(idsAndLabels(seen).slice(0, batches.length)).toEqual(batches);
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
