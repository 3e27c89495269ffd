/**
 * SentencePiece's own normalisation table (github.com/huggingface/spm_precompiled, src/lib.rs). @huggingface/tokenizers
 * 0.2.0 doesn't read the table: its Precompiled does NFKC and a fixed list of spaces.
 */
import { type AlignedText, type Change, transformAligned } from './align';
import { wrongValue } from './tokenizerProblem';

const encoder = new TextEncoder();
const MOST_KEPT = 10_000;
// oxlint-disable-next-line no-control-regex
const ASCII_ALONE = /^[\u0000-\u000C\u000E-\u007F]*$/;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

export function precompiledNormalizer(base64: string, path: string): (aligned: AlignedText) => AlignedText {
  const transform = remember(readCharsMap(base64, `${path}.precompiled_charsmap`));
  return (aligned) => {
    const changes: Change[] = [];
    let modified = false;
    const replace = (old: string, fresh: string): void => {
      modified = true;
      pushReplaced(changes, old, fresh);
    };
    for (const segment of clusters(aligned.text)) {
      const whole = segment.length < 6 && encoder.encode(segment).length < 6 ? transform(segment) : null;
      if (whole !== null) {
        replace(segment, whole);
        continue;
      }
      for (const char of segment) {
        const fresh = transform(char);
        if (fresh === null) {
          changes.push({ char, change: 0 });
        } else {
          replace(char, fresh);
        }
      }
    }
    return modified ? transformAligned(aligned, changes) : aligned;
  };
}

/** Grapheme clusters. In ASCII each character is one, but for \r\n; the segmenter is slow. */
function clusters(text: string): Iterable<string> {
  return ASCII_ALONE.test(text) ? text : Array.from(graphemes.segment(text), ({ segment }) => segment);
}

function remember(transform: (piece: string) => string | null): (piece: string) => string | null {
  const known = new Map<string, string | null>();
  return (piece) => {
    let found = known.get(piece);
    if (found === undefined) {
      if (known.size >= MOST_KEPT) {
        known.clear();
      }
      found = transform(piece);
      known.set(piece, found);
    }
    return found;
  };
}

/** `replace` in tokenizers/src/normalizers/precompiled.rs, which counts a removal upon what stands before it. */
function pushReplaced(changes: Change[], old: string, fresh: string): void {
  const added = [...fresh];
  const more = added.length - [...old].length;
  for (const char of added) {
    changes.push({ char, change: 0 });
  }
  for (let index = changes.length - Math.max(more, 0); index < changes.length; index++) {
    const change = changes[index];
    if (change !== undefined) {
      changes[index] = { char: change.char, change: 1 };
    }
  }
  const last = changes.at(-1);
  if (more < 0 && last !== undefined) {
    changes[changes.length - 1] = { char: last.char, change: last.change + more };
  }
}

/** What a piece of text becomes; null: it stays. A double array (darts-clone) leads from UTF-8 to a place in a string. */
function readCharsMap(base64: string, path: string): (piece: string) => string | null {
  const bytes = decodeBase64(base64, path);
  const view = new DataView(bytes.buffer);
  const size = bytes.length >= 4 ? view.getUint32(0, true) : bytes.length;
  if (4 + size > bytes.length || size < 4) {
    throw wrongValue(path, 'Base64 (SentencePiece)');
  }
  const units = Uint32Array.from({ length: Math.floor(size / 4) }, (_, index) => view.getUint32(4 + index * 4, true));
  const texts = bytes.subarray(4 + units.length * 4);
  const decoder = new TextDecoder();
  return (piece) => {
    const place = firstPrefix(units, encoder.encode(piece));
    if (place === null) {
      return null;
    }
    const end = texts.indexOf(0, place);
    return decoder.decode(texts.subarray(place, end === -1 ? texts.length : end));
  };
}

/** The value of the shortest key that the bytes begin with: transform() takes the first result. */
function firstPrefix(units: Uint32Array, key: Uint8Array): number | null {
  let unit = units[0] ?? 0;
  let position = offsetOf(unit);
  for (const byte of key) {
    if (byte === 0) {
      return null;
    }
    position = (position ^ byte) >>> 0;
    unit = units[position] ?? 0;
    if ((unit & 0x80_00_00_ff) !== byte) {
      return null;
    }
    position = (position ^ offsetOf(unit)) >>> 0;
    if (((unit >>> 8) & 1) === 1) {
      return (units[position] ?? 0) & 0x7f_ff_ff_ff;
    }
  }
  return null;
}

function offsetOf(unit: number): number {
  return ((unit >>> 10) << ((unit & (1 << 9)) >>> 6)) >>> 0;
}

function decodeBase64(text: string, path: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  } catch {
    throw wrongValue(path, 'Base64 (SentencePiece)');
  }
}
