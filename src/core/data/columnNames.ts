import type { Form } from '../../protocol/dataset';

/**
 * Names that data sets give their columns, as plainName writes them. The one list: the recipe's columns and Format as chat
 * both read it.
 */
export const CONVERSATIONS: readonly string[] = [
  'messages',
  'conversations',
  'conversation',
  'chat',
  'dialogue',
  'dialog',
  'dialogs',
  'dialogues',
  'turns',
];
export const SYSTEMS: readonly string[] = ['system', 'systemprompt', 'systemmessage', 'systeminstruction'];
export const TOOLS: readonly string[] = [
  'tools',
  'functions',
  'tooldefinitions',
  'functiondefinitions',
  'availabletools',
];
export const HISTORIES: readonly string[] = [
  'history',
  'chathistory',
  'conversationhistory',
  'previousturns',
  'pastturns',
];
export const CHOSEN: readonly string[] = ['chosen', 'chosenresponse', 'accepted', 'preferred'];
export const REJECTED: readonly string[] = ['rejected', 'rejectedresponse', 'dispreferred'];
export const TEXTS: readonly string[] = [
  'text',
  'content',
  'document',
  'body',
  'article',
  'passage',
  'raw',
  'completion',
];
/** What an instruction is about; may be empty. */
export const INPUTS: readonly string[] = ['input', 'context', 'inputs'];
/** What a question is about. */
export const CONTEXTS: readonly string[] = ['context', 'passage', 'document'];
/** About a row, said by nobody. */
export const METADATA: ReadonlySet<string> = new Set(
  ['id', 'uuid', 'idx', 'index', 'key', 'hash', 'source', 'dataset', 'subset', 'split', 'category', 'topic', 'subject']
    .concat(['type', 'task', 'tag', 'tags', 'lang', 'language', 'url', 'link', 'license', 'author', 'model', 'date'])
    .concat(['timestamp', 'created', 'createdat', 'updatedat', 'version', 'score', 'rating', 'label', 'promptid'])
    .concat(['conversationid', 'userid', 'difficulty', 'level', 'domain', 'name']),
);

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
  ...pairs('promptCompletion', 'user', ['assistant']),
  ...pairs('promptCompletion', 'human', ['assistant']),
  ...pairs('pair', 'sentence', ['translationextra', 'translation']),
  ...pairs('pair', 'input', ['output', 'target', 'response', 'chosen']),
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
