/** Our tokenizer beside what transformers said (tools/parity/tokenizer_reference.py). */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTokenizer } from '../../../../src/core/tokens/tokenizer';
import type { TextEncoding, TextTokenizer } from '../../../../src/core/tokens/types';
import { readParity } from '../../parityFile';

export interface ReferenceTokenizer {
  readonly name: string;
  readonly class: string;
  readonly vocabSize: number;
  readonly special: TextTokenizer['special'];
  readonly addedTokens: readonly [id: number, content: string, special: boolean][];
  readonly chatTemplate: string | Readonly<Record<string, string>> | null;
  readonly pieces: readonly [id: number, text: string, special: boolean][];
  /** One for each text: ids, and for each character (not each UTF-16 unit) its token or -1. */
  readonly encodings: readonly [ids: readonly number[], tokenOfChar: readonly number[]][];
}

export interface ParityRow {
  readonly tokenizer: string;
  readonly class: string;
  readonly texts: number;
  readonly equalIds: number;
  readonly equalOffsets: number;
}

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));

// SAFETY: tools/parity/tokenizer_reference.py writes it so.
const reference = readParity('tokenizers.json.gz') as {
  readonly texts: readonly string[];
  readonly tokenizers: readonly ReferenceTokenizer[];
};

export const { texts, tokenizers } = reference;

/** The row of each tokenizer in the table of parity (docs/parity.md). */
export function tokenizerRows(): ParityRow[] {
  return tokenizers.map((expected) => {
    const tokenizer = loadFixture(expected.name);
    const encodings = texts.map((text) => tokenizer.encode(text));
    return {
      tokenizer: expected.name,
      class: expected.class,
      texts: texts.length,
      equalIds: encodings.filter(({ ids }, index) => same(ids, expected.encodings[index]?.[0] ?? [])).length,
      equalOffsets: encodings.filter((encoding, index) =>
        same(tokensOfChars(texts[index] ?? '', encoding), expected.encodings[index]?.[1] ?? []),
      ).length,
    };
  });
}

export function loadFixture(name: string): TextTokenizer {
  const folder = name === 'yoda' ? 'samples/yoda/base' : `test/fixtures/tokenizers/${name}`;
  const read = (file: string): string | null => {
    const place = path.join(ROOT, folder, file);
    return existsSync(place) ? readFileSync(place, 'utf8') : null;
  };
  const loaded = loadTokenizer({
    tokenizerJson: read('tokenizer.json') ?? '',
    tokenizerConfig: read('tokenizer_config.json'),
    specialTokensMap: read('special_tokens_map.json'),
    chatTemplate: read('chat_template.jinja'),
    modelConfig: read('config.json'),
  });
  if (!loaded.ok) throw new Error(`${name}: ${loaded.error.text} ${loaded.error.args.join(', ')}`);
  return loaded.value;
}

/** Encoding::char_to_token for each character: the first token whose stretch has it; -1: none. */
export function tokensOfChars(text: string, { starts, ends }: TextEncoding): number[] {
  const tokens: number[] = [];
  let offset = 0;
  for (const char of text) {
    const position = offset;
    tokens.push(starts.findIndex((start, index) => start <= position && position < (ends[index] ?? 0)));
    offset += char.length;
  }
  return tokens;
}

function same(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}
