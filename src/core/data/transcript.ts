import type { Role } from '../../protocol/dataset';
import { isBlank } from './content';

export interface Segment {
  readonly role: Role;
  readonly text: string;
}

export interface Marks {
  readonly markers: Readonly<Partial<Record<Role, string>>>;
  readonly ends?: readonly string[];
}

/** Splits transcripts written with these marks. What stands outside of any turn is `outside`, so that nothing gets lost. */
export class TranscriptSplitter {
  readonly #roles: ReadonlyMap<string, Role>;
  readonly #ends: ReadonlySet<string>;
  readonly #pattern: RegExp;
  /** A transcript begins without the line breaks that stand before its later turns. */
  readonly #atStart: readonly (readonly [text: string, role: Role])[];

  constructor({ markers, ends = [] }: Marks) {
    const roles: readonly Role[] = ['system', 'user', 'assistant', 'tool'];
    const pairs = roles.flatMap((role): [string, Role][] => {
      const marker = markers[role]?.trimEnd() ?? '';
      return marker === '' ? [] : [[marker, role]];
    });
    this.#roles = new Map(pairs);
    this.#ends = new Set(ends.map((end) => end.trim()).filter((end) => end !== ''));
    this.#atStart = pairs.map(([marker, role]) => [marker.trimStart(), role]);
    // The longest first: "### Response" would hide "### Response:".
    const all = [...this.#roles.keys(), ...this.#ends].toSorted((a, b) => b.length - a.length);
    this.#pattern = new RegExp(all.length === 0 ? '(?!)' : all.map(escaped).join('|'), 'g');
  }

  split(text: string): {
    readonly before: string;
    readonly segments: readonly Segment[];
    readonly outside: string | null;
  } {
    const segments: Segment[] = [];
    let before: string | null = null;
    let outside: string | null = null;
    // Whose words follow; `rest` is who goes on once a turn within a turn has ended (Llama 2: [INST] <<SYS>> … <</SYS>> …).
    let speaker: Role | null = null;
    let rest: Role | null = null;
    const say = (words: string): void => {
      if (speaker !== null) {
        if (!isBlank(words)) segments.push({ role: speaker, text: trimmed(words) });
      } else if (before === null) before = words.trim();
      else if (!isBlank(words)) outside ??= words.trim();
    };
    let { length: from, role: first } = this.#opening(text);
    if (first !== null) {
      before = '';
      speaker = first;
    }
    for (const found of text.matchAll(this.#pattern)) {
      if (found.index < from) continue;
      const words = text.slice(from, found.index);
      say(words);
      const role = this.#roles.get(found[0]);
      if (role === undefined) {
        speaker = rest;
        rest = null;
      } else {
        rest = speaker !== null && isBlank(words) ? speaker : null;
        speaker = role;
      }
      from = found.index + found[0].length;
    }
    say(text.slice(from));
    return { before: before ?? '', segments, outside };
  }

  #opening(text: string): { length: number; role: Role | null } {
    const start = text.length - text.trimStart().length;
    for (const [marker, role] of this.#atStart) {
      if (text.startsWith(marker, start)) return { length: start + marker.length, role };
    }
    return { length: 0, role: null };
  }
}

/** Line breaks around a turn, the one blank behind a marker and blanks at the end; not the indent of a first line. */
function trimmed(words: string): string {
  return words
    .replace(/^ (?! )/, '')
    .replace(/^(?:[^\S\n]*\n)+/, '')
    .trimEnd();
}

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
}
