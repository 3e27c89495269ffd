export interface DiffPiece {
  readonly kind: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Above this many steps of the search (2,000 words against 2,000) the middle counts as changed whole. */
const MOST_STEPS = 4_000_000;
/** Below this share of common text there is no text left to read between the marks. */
const LEAST_COMMON = 0.3;

/**
 * How `after` came of `before`, word by word; null where too little is common for that to be of use. Words as the language has
 * them: between spaces, and in Chinese without any.
 */
export function wordDiff(before: string, after: string, language: string): readonly DiffPiece[] | null {
  const words = new Intl.Segmenter(language, { granularity: 'word' });
  const [from, to] = [before, after].map((text) => Array.from(words.segment(text), ({ segment }) => segment));
  if (from === undefined || to === undefined) return null;
  const pieces = joined([...diff(from, to)]);
  const common = pieces.reduce((sum, { kind, text }) => sum + (kind === 'same' ? text.trim().length : 0), 0);
  return common < LEAST_COMMON * Math.max(before.length, after.length) ? null : pieces;
}

function* diff(from: readonly string[], to: readonly string[]): Generator<DiffPiece> {
  let start = 0;
  while (start < Math.min(from.length, to.length) && from[start] === to[start]) start++;
  let end = 0;
  while (end < Math.min(from.length, to.length) - start && from.at(-1 - end) === to.at(-1 - end)) end++;
  yield { kind: 'same', text: from.slice(0, start).join('') };
  yield* middle(from.slice(start, from.length - end), to.slice(start, to.length - end));
  yield { kind: 'same', text: from.slice(from.length - end).join('') };
}

/** By the longest common subsequence. */
function* middle(from: readonly string[], to: readonly string[]): Generator<DiffPiece> {
  const width = to.length + 1;
  if (from.length * to.length > MOST_STEPS) {
    yield { kind: 'removed', text: from.join('') };
    yield { kind: 'added', text: to.join('') };
    return;
  }
  const lengths = new Uint16Array((from.length + 1) * width);
  for (let i = from.length - 1; i >= 0; i--)
    for (let j = to.length - 1; j >= 0; j--)
      lengths[i * width + j] =
        from[i] === to[j]
          ? (lengths[(i + 1) * width + j + 1] ?? 0) + 1
          : Math.max(lengths[(i + 1) * width + j] ?? 0, lengths[i * width + j + 1] ?? 0);
  let [i, j] = [0, 0];
  while (i < from.length || j < to.length) {
    if (i < from.length && from[i] === to[j]) {
      yield { kind: 'same', text: from[i] ?? '' };
      i++;
      j++;
    } else if (i < from.length && (lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) {
      yield { kind: 'removed', text: from[i++] ?? '' };
    } else {
      yield { kind: 'added', text: to[j++] ?? '' };
    }
  }
}

/** Fewer, longer marks: neighbours of one kind as one piece, and white space between two changed stretches changes with them. */
function joined(pieces: readonly DiffPiece[]): DiffPiece[] {
  const all: DiffPiece[] = [];
  const put = (kind: DiffPiece['kind'], text: string): void => {
    const last = all.at(-1);
    if (text === '') return;
    if (last?.kind === kind) all[all.length - 1] = { kind, text: last.text + text };
    else all.push({ kind, text });
  };
  let [removed, added, space] = ['', '', ''];
  const flush = (): void => {
    put('removed', removed);
    put('added', added);
    put('same', space);
    [removed, added, space] = ['', '', ''];
  };
  for (const { kind, text } of pieces) {
    if (kind === 'same') {
      const replaced = removed !== '' && added !== '';
      if (replaced && text.trim() === '') space += text;
      else {
        flush();
        put('same', text);
      }
      continue;
    }
    removed += space + (kind === 'removed' ? text : '');
    added += space + (kind === 'added' ? text : '');
    space = '';
  }
  flush();
  return all;
}
