import { assertNever } from '../../src/common/assertNever';
import type { SequencePart, Why } from '../../src/protocol/tokenView';
import { visibleLine } from '../shared/visibleText';
import { roleName } from '../shared/roleName';
import type { Words } from '../shared/words';
import { IGNORED, type Kind, type Token } from './tokenModel';

/** Names and values of all that is known of a token. */
export function tokenFacts(token: Token, words: Words): [string, string][] {
  const { t } = words;
  const { piece, special } = token;
  const facts: [string, string][] = [
    [t('Text'), visibleLine(piece.text)],
    [t('Id'), String(piece.id)],
    [t('Bytes'), piece.bytes === null ? t('not told by the vocabulary') : hex(piece.bytes)],
    [t('Label'), labelText(token.label)],
    [t('Why'), whySentence(token.why, words)],
  ];
  if (special) facts.push([t('Kind'), t('special token')]);
  if (token.role !== null) facts.push([t('Message'), roleName(token.role, words)]);
  if (token.part !== null) facts.push([t('Dataset'), rowName(token.part, words)]);
  if (token.templateLine !== null) facts.push([t('Chat template'), t('line {0}', words.integer(token.templateLine))]);
  return facts;
}

/** One token in a breath, for those who hear it. */
export function spokenToken(token: Token, words: Words): string {
  const { t } = words;
  return [
    visibleLine(token.piece.text),
    t('id {0}', String(token.piece.id)),
    kindWord(token.kind, words),
    token.special ? t('special token') : null,
  ]
    .filter((part) => part !== null)
    .join(', ');
}

/** Where it comes from and why it is trained or not: the rest of what `spokenToken` leaves out. */
export function spokenOrigin(token: Token, words: Words): string {
  const { t } = words;
  return [
    whySentence(token.why, words),
    token.role === null ? null : t('message of the {0}', roleName(token.role, words)),
    token.part === null ? null : datasetPlace(token.part, words),
    token.templateLine === null ? null : t('chat template line {0}', words.integer(token.templateLine)),
  ]
    .filter((part) => part !== null)
    .join('; ');
}

export function kindWord(kind: Kind, { t }: Words): string {
  switch (kind) {
    case 'trained':
      return t('trained');
    case 'masked':
      return t('masked, not trained');
    case 'padding':
      return t('padding');
    default:
      return assertNever(kind);
  }
}

export function whySentence(why: Why, { t }: Words): string {
  switch (why) {
    case 'trained':
      return t('trained: the model learns to write it');
    case 'assistant':
      return t('trained: the assistant says it');
    case 'completion':
      return t('trained: it belongs to the completion');
    case 'notAssistant':
      return t('not trained: assistant_only_loss leaves out what the assistant doesn’t say');
    case 'prompt':
      return t('not trained: completion_only_loss leaves out the prompt');
    case 'padding':
      return t('not trained: it only fills the row up to the longest of its batch');
    case 'first':
      return t('not trained: nothing stands before it that it could be predicted from');
    default:
      return assertNever(why);
  }
}

/** "line 17", or "row 17" where rows have no lines. */
export function rowName({ line, row }: SequencePart, { t, integer }: Words): string {
  return line === null ? t('row {0}', integer(row + 1)) : t('line {0}', integer(line));
}

/** The same where nothing says that the dataset is meant. */
export function datasetPlace({ line, row }: SequencePart, { t, integer }: Words): string {
  return line === null ? t('dataset row {0}', integer(row + 1)) : t('dataset line {0}', integer(line));
}

/** With a real minus, as numbers are read. */
function labelText(label: number): string {
  return label === IGNORED ? `−${-IGNORED}` : String(label);
}

function hex(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');
}
