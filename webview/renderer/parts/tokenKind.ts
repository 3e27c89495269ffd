import type { TokenInfo } from '../../../src/protocol/trainer';
import type { Words } from '../../shared/words';

/** PyTorch's cross entropy leaves these out (`ignore_index`). */
export const IGNORED = -100;

export type TokenKind = 'trained' | 'masked' | 'padding' | 'plain';

/** A token as a chip shows it. label null: no training is involved, as in an answer. */
export interface ChipToken {
  readonly id: number;
  readonly text: string;
  readonly special: boolean;
  readonly padding?: boolean;
  readonly label?: number;
}

export function tokenKind({ label, padding }: ChipToken): TokenKind {
  if (padding === true) return 'padding';
  if (label === undefined) return 'plain';
  return label === IGNORED ? 'masked' : 'trained';
}

export function kindWord(kind: TokenKind, { t }: Words): string | null {
  switch (kind) {
    case 'trained':
      return t('trained');
    case 'masked':
      return t('masked, not trained');
    case 'padding':
      return t('padding');
    case 'plain':
      return null;
  }
}

/** How many tokens of each kind. A special token counts among its kind as well. */
export function countKinds(tokens: readonly TokenInfo[]): Readonly<Record<TokenKind | 'special', number>> {
  const counts = { trained: 0, masked: 0, padding: 0, plain: 0, special: 0 };
  for (const token of tokens) {
    counts[tokenKind(token)]++;
    if (token.special) counts.special++;
  }
  return counts;
}
