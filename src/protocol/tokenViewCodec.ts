import type { Message } from '../common/message';
import {
  array,
  boolean,
  type Decoder,
  nullable,
  number,
  object,
  oneOf,
  ShapeError,
  string,
  unknownValue,
} from './shape';
import type { TokenFinding, TokenView } from './tokenView';

const scalar: Decoder<string | number> = (value, path) => {
  if (typeof value === 'string' || typeof value === 'number') return value;
  throw new ShapeError(path, 'a string or a number', value);
};
const message: Decoder<Message> = object({ text: string, args: array(scalar) });

const role = oneOf('system', 'user', 'assistant', 'tool');
const part = object({
  start: number,
  row: number,
  line: nullable(number),
  from: number,
  roles: nullable(array(role)),
});
const sequence = object({
  ids: array(number),
  labels: array(number),
  whys: array(number),
  templateLines: array(number),
  messages: array(number),
  parts: array(part),
});

const finding: Decoder<TokenFinding> = object({
  kind: oneOf(
    'padIsEos',
    'endOfTurnNotTrained',
    'rowsWithoutEos',
    'noGenerationMarks',
    'vocabularyMismatch',
    'generationPromptNoPrefix',
    'truncatedRows',
    'unsafePacking',
    'allMasked',
    'maskedRows',
    'templateFails',
    'templateUnsupported',
    'tokenizerUnreadable',
    'datasetUnreadable',
  ),
  severity: oneOf('error', 'warning', 'information'),
  recipePath: array(string),
  message,
  remedy: message,
  fixes: array(object({ title: message, set: array(object({ path: array(string), value: unknownValue })) })),
  line: nullable(number),
});

const fields = object({
  source: oneOf('editor', 'trainer'),
  fallback: nullable(message),
  recipeFile: string,
  datasetFile: nullable(string),
  tokenizer: object({
    model: string,
    vocabSize: number,
    modelVocabSize: nullable(number),
    special: array(
      object({
        name: oneOf('bos_token', 'eos_token', 'pad_token', 'unk_token', 'end_of_turn'),
        token: nullable(string),
        id: nullable(number),
      }),
    ),
    chatTemplate: string,
    chatTemplateSource: oneOf('tokenizer', 'recipe', 'tunebook'),
    chatTemplateFile: nullable(string),
  }),
  maxLength: nullable(number),
  packing: oneOf('no', 'wrapped', 'bfd', 'bfd_split'),
  assistantOnly: boolean,
  pieces: array(object({ id: number, text: string, bytes: nullable(array(number)), special: boolean })),
  batches: array(object({ sequences: array(sequence) })),
  counts: object({
    rows: number,
    complete: boolean,
    sequences: number,
    trainedTokens: number,
    totalTokens: number,
    truncatedRows: number,
    truncatedTokens: number,
    maskedRows: number,
    efficiency: number,
  }),
  lengths: array(object({ from: number, to: number, rows: number })),
  suggestion: nullable(object({ maxLength: number, fits: number, why: message })),
  findings: array(finding),
});

/** A view that another process made. Throws a ShapeError that names what doesn't fit. */
export function decodeTokenView(value: unknown): TokenView {
  const view = fields(value, 'view');
  return {
    ...view,
    batches: view.batches.map(({ sequences }) => ({
      sequences: sequences.map((each) => ({
        ...each,
        parts: each.parts.map(({ roles, ...rest }) => (roles === null ? rest : { ...rest, roles })),
      })),
    })),
  };
}
