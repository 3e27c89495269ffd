/** Patterns of tokenizer.json as JavaScript patterns. */
import { SplitPreTokenizer } from '@huggingface/tokenizers';
import { message } from '../../common/message';
import type { Pattern } from './alignSplit';
import { regexPattern } from './alignSplit';
import { isJsonObject } from './tokenizerJson';
import { TokenizerProblem, wrongValue } from './tokenizerProblem';

/**
 * Oniguruma's syntax, which the Python wheel uses (tokenizers/src/utils/onig.rs), in JavaScript's: @huggingface/tokenizers
 * has the translation (rewrite_oniguruma_to_js) and shows it through its Split only.
 */
export function compileRegex(source: string): RegExp {
  try {
    const split = new SplitPreTokenizer({
      type: 'Split',
      pattern: { Regex: source },
      behavior: 'Isolated',
      invert: false,
    });
    if (split.pattern !== null) {
      return split.pattern;
    }
  } catch {
    // A SyntaxError: something that JavaScript can't express.
  }
  throw new TokenizerProblem(
    message('The pattern "{0}" in tokenizer.json is not known here: only the trainer can show these tokens.', source),
  );
}

/** `{"String": …}` or `{"Regex": …}`. */
export function readPattern(value: unknown, path: string): Pattern {
  if (isJsonObject(value)) {
    if (typeof value['String'] === 'string') {
      return literalPattern(value['String']);
    }
    if (typeof value['Regex'] === 'string') {
      return regexPattern(compileRegex(value['Regex']));
    }
  }
  throw wrongValue(path, '{"String": …} / {"Regex": …}');
}

export function literalPattern(text: string): Pattern {
  return regexPattern(new RegExp(text.replaceAll(/[.*+?^${}()|[\]\\/-]/g, String.raw`\$&`), 'gu'));
}
