import { html, svg, type TemplateResult } from 'lit';
import type { TokenInfo } from '../../../src/protocol/trainer';
import { tokenKind } from './tokenKind';

interface Stretch {
  readonly kind: string;
  readonly from: number;
  length: number;
}

/** Neighbours of one kind are one stretch: a row of 4,096 tokens is a handful of boxes. Special tokens stand for themselves. */
export function stretches(tokens: readonly TokenInfo[]): readonly Stretch[] {
  const all: Stretch[] = [];
  for (const [index, token] of tokens.entries()) {
    const kind = token.special && !token.padding ? `${tokenKind(token)} special` : tokenKind(token);
    const last = all.at(-1);
    if (last?.kind === kind) last.length++;
    else all.push({ kind, from: index, length: 1 });
  }
  return all;
}

/** One sequence of a batch, each token a cell. */
export function heatRow(tokens: readonly TokenInfo[], width: number): TemplateResult {
  const boxes = stretches(tokens).map(
    ({ kind, from, length }) => svg`<rect class=${kind} x=${from} y="0" width=${length} height="1" />`,
  );
  return html`<svg
    class="heat-cells"
    viewBox="0 0 ${Math.max(width, 1)} 1"
    preserveAspectRatio="none"
    aria-hidden="true"
  >
    ${boxes}
  </svg>`;
}
