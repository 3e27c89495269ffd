import { describe, expect, it } from 'vitest';
import { loadFixture, texts, tokenizers, tokensOfChars } from './tokenizerParity';

describe.each(tokenizers)('$name ($class)', (expected) => {
  const tokenizer = loadFixture(expected.name);

  it('gives the ids and places that transformers gives', () => {
    expect(expected.encodings.length).toBe(texts.length);
    for (const [index, text] of texts.entries()) {
      const encoding = tokenizer.encode(text);
      const name = JSON.stringify(text);
      const pieces = encoding.ids.map((id) => tokenizer.piece(id).text).join('|');
      expect([...encoding.ids], `ids of ${name}: ${pieces}`).toEqual(expected.encodings[index]?.[0]);
      expect(tokensOfChars(text, encoding), `places in ${name}: ${pieces}`).toEqual(expected.encodings[index]?.[1]);
    }
  });

  it('knows its size, special and added tokens and template as transformers does', () => {
    expect(tokenizer.vocabSize).toBe(expected.vocabSize);
    expect(tokenizer.special).toEqual(expected.special);
    expect(tokenizer.addedTokens.map(({ id, content, special }) => [id, content, special])).toEqual(
      expected.addedTokens,
    );
    const template = expected.chatTemplate;
    expect(tokenizer.chatTemplate).toBe(
      typeof template === 'object' && template !== null ? (template['default'] ?? null) : template,
    );
  });

  it('shows every token as the trainer does', () => {
    expect(expected.pieces.length).toBeGreaterThan(100);
    for (const [id, text, special] of expected.pieces) {
      const piece = tokenizer.piece(id);
      expect([id, piece.text, piece.special]).toEqual([id, text, special]);
    }
  });
});
