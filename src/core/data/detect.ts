/** Which column is which role, in the words of the recipe's data.columns. */
export type Columns =
  | { readonly messages: string }
  | { readonly prompt: string; readonly completion: string; readonly system?: string };

type Row = Readonly<Record<string, unknown>>;

/** Names that datasets use, the surest pair first; matched without regard to case, spaces, - and _. */
const PAIRS: readonly (readonly [prompt: string, completion: string])[] = [
  ['prompt', 'completion'],
  ['prompt', 'response'],
  ['prompt', 'answer'],
  ['prompt', 'output'],
  ['prompt', 'chosen'],
  ['instruction', 'output'],
  ['instruction', 'response'],
  ['instruction', 'answer'],
  ['instruction', 'completion'],
  ['question', 'answer'],
  ['question', 'response'],
  ['question', 'answers'],
  ['query', 'answer'],
  ['query', 'response'],
  ['user', 'assistant'],
  ['human', 'assistant'],
  ['sentence', 'translationextra'],
  ['sentence', 'translation'],
  ['input', 'output'],
  ['input', 'target'],
  ['source', 'target'],
  ['text', 'summary'],
  ['document', 'summary'],
  ['article', 'highlights'],
  ['context', 'response'],
  ['problem', 'solution'],
];

const CONVERSATIONS = new Set(['messages', 'conversations', 'conversation', 'chat', 'dialogue', 'dialog']);
const SYSTEMS = new Set(['system', 'systemprompt', 'systemmessage']);

/** Guesses the columns from a few rows; null where nothing fits. A person confirms the guess. */
export function detectColumns(rows: readonly Row[]): Columns | null {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const conversation = conversationOf(names, rows);
  if (conversation !== null) return { messages: conversation };
  const texts = names.filter((name) => isText(name, rows));
  const pair = pairOf(texts) ?? onlyPair(names, texts);
  if (pair === null) return null;
  const system = texts.find((name) => SYSTEMS.has(plain(name)));
  return system === undefined ? pair : { ...pair, system };
}

/** By its name if it has one that tells, else whichever column holds lists of {role, content}. */
function conversationOf(names: readonly string[], rows: readonly Row[]): string | null {
  const holding = names.filter((name) => rows.some((row) => isConversation(row[name])));
  return holding.find((name) => CONVERSATIONS.has(plain(name))) ?? holding[0] ?? null;
}

function isConversation(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0 && value.every(isChatMessage);
}

/** OpenAI's form, or ShareGPT's, which the trainer reads as well. */
function isChatMessage(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return ('role' in value && 'content' in value) || ('from' in value && 'value' in value);
}

function pairOf(texts: readonly string[]): { prompt: string; completion: string } | null {
  for (const [promptName, completionName] of PAIRS) {
    const prompt = texts.find((name) => plain(name) === promptName);
    const completion = texts.find((name) => plain(name) === completionName);
    if (prompt !== undefined && completion !== undefined) return { prompt, completion };
  }
  return null;
}

/** Two columns of text and no other that could be meant: first the question, then the answer. */
function onlyPair(names: readonly string[], texts: readonly string[]): { prompt: string; completion: string } | null {
  const [prompt, completion] = texts;
  if (prompt === undefined || completion === undefined || texts.length > 2 || names.length > 3) return null;
  return { prompt, completion };
}

/** Some text in it, and nothing else but gaps. */
function isText(name: string, rows: readonly Row[]): boolean {
  const values = rows.map((row) => row[name]).filter((value) => value !== null && value !== undefined && value !== '');
  return values.length > 0 && values.every((value) => typeof value === 'string');
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, '');
}
