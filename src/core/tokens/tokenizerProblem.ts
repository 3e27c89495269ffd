import { formatMessage, type Message, message } from '../../common/message';

/** Thrown inside this folder's tokenizer alone; loadTokenizer turns it into a Result. */
export class TokenizerProblem extends Error {
  constructor(readonly problem: Message) {
    super(formatMessage(problem));
  }
}

export function unknownComponent(part: string, name: string): TokenizerProblem {
  return new TokenizerProblem(
    message('The {0} "{1}" in tokenizer.json is not known here: only the trainer can show these tokens.', part, name),
  );
}

export function wrongValue(path: string, expected: string, file = 'tokenizer.json'): TokenizerProblem {
  return new TokenizerProblem(
    message(
      '"{0}" in {2} should be {1}. Save the tokenizer again, or copy the file from where the model came from.',
      path,
      expected,
      file,
    ),
  );
}

/** Rust can't go on either. `unknown`: the token that the vocabulary should have for it. */
export function missingUnknown(piece: string, unknown: string): TokenizerProblem {
  return new TokenizerProblem(
    message(
      'The vocabulary has no token for "{0}", and none by the name of its unknown token, "{1}". Copy tokenizer.json again from where the model came from.',
      piece,
      unknown,
    ),
  );
}
