import type { Form } from '../../protocol/dataset';

/**
 * Names that data sets give their columns, as plainName writes them. The one list: the recipe's columns and Format as chat
 * both read it.
 */
export const CONVERSATIONS = names('messages conversations conversation chat dialogue dialog dialogs dialogues turns');
export const SYSTEMS = names('system systemprompt systemmessage systeminstruction');
export const TOOLS = names('tools functions tooldefinitions functiondefinitions availabletools');
export const HISTORIES = names('history chathistory conversationhistory previousturns pastturns');
export const CHOSEN = names('chosen chosenresponse accepted preferred');
export const REJECTED = names('rejected rejectedresponse dispreferred');
export const TEXTS = names('text content document body article passage raw completion');
/** What an instruction is about; may be empty. */
export const INPUTS = names('input context inputs 输入');
/** What a question is about. */
export const CONTEXTS = names('context passage document');
/** About a row, said by nobody. */
export const METADATA: ReadonlySet<string> = new Set(
  names(
    'id uuid idx index key hash source dataset subset split category topic subject type task tag tags lang language url ' +
      'link license author model date timestamp created createdat updatedat version score rating label promptid ' +
      'conversationid userid difficulty level domain name',
  ),
);

function names(words: string): readonly string[] {
  return words.split(' ');
}

export interface NamedPair {
  readonly prompt: string;
  readonly completion: string;
  readonly form: Form;
}

/** The surest first. */
export const PAIRS: readonly NamedPair[] = [
  ...pairs('promptCompletion', 'prompt', ['completion', 'response', 'answer', 'output', 'chosen']),
  ...pairs('alpaca', 'instruction', ['output', 'response', 'answer', 'completion', 'chosen']),
  ...pairs('questionAnswer', 'question', ['answer', 'response', 'answers', 'chosen']),
  ...pairs('questionAnswer', 'query', ['answer', 'response', 'chosen']),
  ...pairs('alpaca', '指令', ['输出', '回答']),
  ...pairs('questionAnswer', '问题', ['答案', '回答']),
  ...pairs('promptCompletion', 'user', ['assistant']),
  ...pairs('promptCompletion', 'human', ['assistant']),
  ...pairs('pair', 'sentence', ['translationextra', 'translation']),
  ...pairs('pair', 'input', ['output', 'target', 'response', 'ideal', 'chosen']),
  ...pairs('pair', 'source', ['target']),
  ...pairs('pair', 'text', ['summary']),
  ...pairs('pair', 'document', ['summary']),
  ...pairs('pair', 'dialogue', ['summary']),
  ...pairs('pair', 'article', ['highlights', 'summary']),
  ...pairs('pair', 'context', ['response']),
  ...pairs('questionAnswer', 'problem', ['solution', 'answer']),
];

function pairs(form: Form, prompt: string, completions: readonly string[]): readonly NamedPair[] {
  return completions.map((completion) => ({ prompt, completion, form }));
}
