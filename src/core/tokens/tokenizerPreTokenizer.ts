/** The pre_tokenizer of tokenizer.json: cuts a text into what the model sees at once (tokenizers/src/pre_tokenizers). */
import type { AlignedText } from './align';
import { prependText, replaceMatches } from './alignEdits';
import {
  invertPattern,
  type Pattern,
  regexPattern,
  type SplitBehavior,
  splitAligned,
  type Stretch,
} from './alignSplit';
import { byteLevel } from './tokenizerBytes';
import { flagAt, type JsonObject, listAt, optionalStringAt, stringAt, typeOf } from './tokenizerJson';
import { unknownComponent, wrongValue } from './tokenizerProblem';
import { compileRegex, literalPattern, readPattern } from './tokenizerRegex';
import { isNumeric, isPunctuation, isWhitespace, WORD_CLASS } from './tokenizerUnicode';

export interface PreTokenizer {
  readonly cut: (pieces: readonly AlignedText[]) => readonly AlignedText[];
  /** Whether each piece is to be written in bytes then. Kept for last, so that words can be remembered as they read. */
  readonly writesBytes: boolean;
}

type Cut = PreTokenizer['cut'];

/** RE in byte_level.rs */
const GPT2 = String.raw`'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+`;

/** RE in whitespace.rs: of the regex crate, whose \w isn't Oniguruma's. */
const WORDS = new RegExp(String.raw`[${WORD_CLASS}]+|[^${WORD_CLASS}\p{White_Space}]+`, 'gu');

const BEHAVIORS: readonly SplitBehavior[] = [
  'Removed',
  'Isolated',
  'MergedWithPrevious',
  'MergedWithNext',
  'Contiguous',
];

export function createPreTokenizer(component: unknown, path = 'pre_tokenizer'): PreTokenizer {
  if (component === null || component === undefined) {
    return { cut: (pieces) => pieces, writesBytes: false };
  }
  const { type, fields } = typeOf(component, path);
  if (type === 'Sequence') {
    return sequence(fields, path);
  }
  return { cut: createCut(type, fields, path), writesBytes: type === 'ByteLevel' };
}

function createCut(type: string, fields: JsonObject, path: string): Cut {
  switch (type) {
    case 'ByteLevel':
      return byteLevelWords(fields, path);
    case 'Metaspace':
      return metaspace(fields, path);
    case 'Split':
      return split(fields, path);
    case 'BertPreTokenizer': {
      const words = each(charPattern(isWhitespace), 'Removed');
      const marks = each(charPattern(isPunctuation), 'Isolated');
      return (pieces) => marks(words(pieces));
    }
    case 'Whitespace':
      return each(invertPattern(regexPattern(WORDS)), 'Removed');
    case 'WhitespaceSplit':
      return each(charPattern(isWhitespace), 'Removed');
    case 'Punctuation':
      return each(charPattern(isPunctuation), behaviorAt(fields, path, 'Isolated'));
    case 'Digits':
      return each(charPattern(isNumeric), flagAt(fields, 'individual_digits', path, false) ? 'Isolated' : 'Contiguous');
    case 'Delimiter':
      return each(literalPattern(stringAt(fields, 'delimiter', path)), 'Removed');
    case 'FixedLength':
      return fixedLength(fields, path);
    default:
      throw unknownComponent('pre_tokenizer', type);
  }
}

function sequence(fields: JsonObject, path: string): PreTokenizer {
  const steps = listAt(fields, 'pretokenizers', path).map((component, index) =>
    createPreTokenizer(component, `${path}.pretokenizers[${index}]`),
  );
  return {
    cut: (pieces) =>
      steps.reduce((cut, step, index) => {
        const done = step.cut(cut);
        return step.writesBytes && index + 1 < steps.length ? done.map(byteLevel) : done;
      }, pieces),
    writesBytes: steps.at(-1)?.writesBytes ?? false,
  };
}

function each(pattern: Pattern, behavior: SplitBehavior): Cut {
  return (pieces) => pieces.flatMap((piece) => splitAligned(piece, pattern, behavior));
}

/** Every single character of the kind is a match. */
function charPattern(isOne: (char: string) => boolean): Pattern {
  return (text) => {
    const stretches: Stretch[] = [];
    let done = 0;
    let start = 0;
    for (const char of text) {
      const end = start + char.length;
      if (isOne(char)) {
        if (done < start) {
          stretches.push({ start: done, end: start, match: false });
        }
        stretches.push({ start, end, match: true });
        done = end;
      }
      start = end;
    }
    if (done < text.length) {
      stretches.push({ start: done, end: text.length, match: false });
    }
    return stretches;
  };
}

function byteLevelWords(fields: JsonObject, path: string): Cut {
  const prefixes = flagAt(fields, 'add_prefix_space', path, true);
  const words = flagAt(fields, 'use_regex', path, true) ? each(regexPattern(compileRegex(GPT2)), 'Isolated') : null;
  return (pieces) => {
    const spaced = prefixes
      ? pieces.map((piece) => (piece.text.startsWith(' ') ? piece : prependText(piece, ' ')))
      : pieces;
    return words === null ? spaced : words(spaced);
  };
}

/** metaspace.rs, Deserialize included: add_prefix_space is the former name of prepend_scheme. */
function metaspace(fields: JsonObject, path: string): Cut {
  const mark = stringAt(fields, 'replacement', path);
  const named = optionalStringAt(fields, 'prepend_scheme', path) ?? 'always';
  const scheme = flagAt(fields, 'add_prefix_space', path, true) ? named : 'never';
  if (scheme !== 'always' && scheme !== 'first' && scheme !== 'never') {
    throw wrongValue(`${path}.prepend_scheme`, '"always" / "first" / "never"');
  }
  const spaces = literalPattern(' ');
  const words = flagAt(fields, 'split', path, true) ? each(literalPattern(mark), 'MergedWithNext') : null;
  const prepare = (piece: AlignedText): AlignedText => {
    const marked = replaceMatches(
      piece,
      spaces(piece.text).filter(({ match }) => match),
      mark,
    );
    const prepends = scheme === 'always' || (scheme === 'first' && piece.shift === 0);
    return prepends && !marked.text.startsWith(mark) ? prependText(marked, mark) : marked;
  };
  return (pieces) => {
    const prepared = pieces.map(prepare);
    return words === null ? prepared : words(prepared);
  };
}

function split(fields: JsonObject, path: string): Cut {
  const pattern = readPattern(fields['pattern'], `${path}.pattern`);
  const behavior = behaviorAt(fields, path, null);
  return each(flagAt(fields, 'invert', path, false) ? invertPattern(pattern) : pattern, behavior);
}

function behaviorAt(fields: JsonObject, path: string, fallback: SplitBehavior | null): SplitBehavior {
  const named = optionalStringAt(fields, 'behavior', path);
  const behavior = named === null ? fallback : BEHAVIORS.find((known) => known === named);
  if (behavior === null || behavior === undefined) {
    throw wrongValue(`${path}.behavior`, BEHAVIORS.map((known) => `"${known}"`).join(' / '));
  }
  return behavior;
}

function fixedLength(fields: JsonObject, path: string): Cut {
  const length = fields['length'] ?? 5;
  if (typeof length !== 'number' || !Number.isInteger(length) || length < 1) {
    throw wrongValue(`${path}.length`, '1, 2, 3, …');
  }
  return each(regexPattern(new RegExp(`[\\s\\S]{1,${length}}`, 'gu')), 'Isolated');
}
