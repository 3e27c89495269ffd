import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { formatMessage } from '../../../../src/common/message';
import { loadTokenizer } from '../../../../src/core/tokens/tokenizer';
import { readParity } from '../../parityFile';

type Flag = 'lstrip' | 'rstrip' | 'single_word' | 'normalized';

interface Mixture {
  readonly base: string;
  readonly changes: Readonly<Record<string, unknown>> & { readonly turned: readonly [index: number, flag: Flag][] };
  readonly encodings: readonly [
    text: string,
    ids: readonly number[],
    offsets: readonly (readonly [number, number])[],
  ][];
}

// SAFETY: tools/parity/tokenizer_mixtures.py writes it so.
const mixtures = readParity('tokenizer_mixtures.json.gz') as readonly Mixture[];

it.each(mixtures.map((mixture, index) => ({ index, mixture })))(
  'gives the ids and offsets of the tokenizers library: mixture $index of $mixture.base',
  ({ mixture }) => {
    const loaded = loadTokenizer({
      tokenizerJson: mixedFile(mixture),
      tokenizerConfig: null,
      specialTokensMap: null,
      chatTemplate: null,
    });
    if (!loaded.ok) throw new Error(formatMessage(loaded.error));
    for (const [text, ids, offsets] of mixture.encodings) {
      const encoding = loaded.value.encode(text);
      const name = `${JSON.stringify(text)} ${JSON.stringify(mixture.changes)}`;
      expect(encoding.ids, name).toEqual(ids);
      const units = unitsOfChars(text);
      expect(
        encoding.starts.map((start, index) => [start, encoding.ends[index]]),
        name,
      ).toEqual(offsets.map(([start, end]) => [units[start], units[end]]));
    }
  },
);

function mixedFile({ base, changes: { turned, ...members } }: Mixture): string {
  const file = new URL(`../../../fixtures/tokenizers/${base}/tokenizer.json`, import.meta.url);
  // SAFETY: the fixtures are tokenizer.json as the library writes it.
  const whole = JSON.parse(readFileSync(fileURLToPath(file), 'utf8')) as { added_tokens: Record<Flag, boolean>[] };
  for (const [index, flag] of turned) {
    const token = whole.added_tokens[index % whole.added_tokens.length]!;
    token[flag] = !token[flag];
  }
  return JSON.stringify({ ...whole, ...members });
}

/** Python counts characters; one more for the end. */
function unitsOfChars(text: string): number[] {
  const units = [0];
  for (const char of text) units.push((units.at(-1) ?? 0) + char.length);
  return units;
}
