import type { PatternReader } from './pythonRegexReader';
import { RegexError } from './pythonRegexTree';

const MAX_REPEAT = 4294967295;

/** How often what stands before is repeated, at least and at most; null where no repetition follows. */
export function readBounds(reader: PatternReader): readonly [number, number] | null {
  if (reader.take('*')) return [0, MAX_REPEAT];
  if (reader.take('+')) return [1, MAX_REPEAT];
  if (reader.take('?')) return [0, 1];
  const found = /^\{(\d*)(?:(,)(\d*))?\}/.exec(reader.rest(40));
  // `{}`, `{x` and the like are letters
  if (found === null || (found[1] === '' && found[2] === undefined)) return null;
  reader.at += found[0].length;
  const min = Number(found[1] ?? '');
  const max = found[2] === undefined ? min : (found[3] ?? '') === '' ? MAX_REPEAT : Number(found[3]);
  if (min >= MAX_REPEAT || max > MAX_REPEAT) throw new RegexError('the repetition number is too large');
  if (max < min) throw new RegexError('min repeat greater than max repeat');
  return [min, max];
}
