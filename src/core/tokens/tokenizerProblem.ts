import { type Message, message } from '../../common/message';

/** Thrown inside this folder's tokenizer alone; loadTokenizer turns it into a Result. */
export class TokenizerProblem extends Error {
  constructor(readonly problem: Message) {
    super(problem.text);
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
