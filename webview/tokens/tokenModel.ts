import type { Role } from '../../src/protocol/dataset';
import {
  type SequencePart,
  type TokenPiece,
  type TokenSequence,
  type TokenView,
  type Why,
  WHYS,
} from '../../src/protocol/tokenView';

/** PyTorch's cross entropy leaves these out (`ignore_index`). */
export const IGNORED = -100;

export const KINDS = ['trained', 'masked', 'padding'] as const;
export type Kind = (typeof KINDS)[number];

/** One position of one sequence of the batch that is shown. */
export interface TokenPlace {
  readonly sequence: number;
  readonly index: number;
}

/** Everything that is known of one token. */
export interface Token extends TokenPlace {
  readonly piece: TokenPiece;
  readonly label: number;
  readonly kind: Kind;
  /** A special token that isn't padding. */
  readonly special: boolean;
  readonly why: Why;
  /** Null for padding. */
  readonly part: SequencePart | null;
  /** Of the message that it stands in; null: in none, or not known. */
  readonly role: Role | null;
  /** From 1; null: not known. */
  readonly templateLine: number | null;
}

/** A batch with its tokens looked up. */
export class BatchModel {
  readonly sequences: readonly TokenSequence[];
  readonly #pieces: ReadonlyMap<number, TokenPiece>;

  constructor(view: TokenView, batch: number) {
    this.sequences = view.batches[batch]?.sequences ?? [];
    this.#pieces = new Map(view.pieces.map((piece) => [piece.id, piece]));
  }

  get longest(): number {
    return this.sequences.reduce((most, { ids }) => Math.max(most, ids.length), 0);
  }

  lengthOf(sequence: number): number {
    return this.sequences[sequence]?.ids.length ?? 0;
  }

  kindAt(sequence: TokenSequence, index: number): Kind {
    const why = WHYS[sequence.whys[index] ?? -1];
    if (why === 'padding') return 'padding';
    // The first one has a label, but labels are shifted by one before the loss (transformers/loss/loss_utils.py,
    // ForCausalLMLoss): nothing predicts it.
    return why === 'first' || (sequence.labels[index] ?? IGNORED) === IGNORED ? 'masked' : 'trained';
  }

  isSpecial(sequence: TokenSequence, index: number): boolean {
    return this.kindAt(sequence, index) !== 'padding' && this.pieceAt(sequence, index).special;
  }

  pieceAt(sequence: TokenSequence, index: number): TokenPiece {
    const id = sequence.ids[index] ?? -1;
    // The contract names every id of the batches; one that it forgets is still shown by its number.
    return this.#pieces.get(id) ?? { id, text: `⟨${id}⟩`, bytes: null, special: false };
  }

  token({ sequence: number, index }: TokenPlace): Token | null {
    const sequence = this.sequences[number];
    if (sequence === undefined || index < 0 || index >= sequence.ids.length) return null;
    const kind = this.kindAt(sequence, index);
    const part = kind === 'padding' ? null : (sequence.parts.findLast(({ start }) => start <= index) ?? null);
    const templateLine = sequence.templateLines[index] ?? 0;
    return {
      sequence: number,
      index,
      piece: this.pieceAt(sequence, index),
      label: sequence.labels[index] ?? IGNORED,
      kind,
      special: this.isSpecial(sequence, index),
      why: WHYS[sequence.whys[index] ?? -1] ?? 'trained',
      part,
      role: part?.roles?.[sequence.messages[index] ?? -1] ?? null,
      templateLine: templateLine > 0 ? templateLine : null,
    };
  }

  /** How many tokens of each kind. A special token counts among its kind as well. */
  counts(): Readonly<Record<Kind | 'special', number>> {
    const counts = { trained: 0, masked: 0, padding: 0, special: 0 };
    for (const sequence of this.sequences)
      for (let index = 0; index < sequence.ids.length; index++) {
        counts[this.kindAt(sequence, index)]++;
        if (this.isSpecial(sequence, index)) counts.special++;
      }
    return counts;
  }
}
