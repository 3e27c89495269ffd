import type { TokenSequence } from '../../../src/protocol/tokenView';
import { visibleText } from '../../shared/visibleText';
import type { Words } from '../../shared/words';
import { rowName } from '../tokenFacts';
import type { BatchModel } from '../tokenModel';

/** Tokens that are made at once: a few milliseconds of work. */
const CHUNK = 256;
/** About as many tokens stand in a line of usual width, and so high is one. */
const TOKENS_A_LINE = 20;
const LINE_EM = 1.9;

/** A stretch of a sequence as text. */
export interface Chunk {
  readonly element: HTMLElement;
  readonly sequence: number;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** Empty until it is filled. */
  readonly tokens: HTMLElement[];
  filled: boolean;
}

export function chunksOf({ ids }: TokenSequence, sequence: number): Chunk[] {
  const chunks: Chunk[] = [];
  for (let from = 0; from < ids.length; from += CHUNK) {
    const to = Math.min(from + CHUNK, ids.length);
    const element = document.createElement('div');
    element.className = 'chunk';
    // about as high as it will be, so that the scroll bar doesn't jump much
    element.style.minHeight = `${Math.ceil((to - from) / TOKENS_A_LINE) * LINE_EM}em`;
    chunks.push({ element, sequence, from, to, tokens: [], filled: false });
  }
  return chunks;
}

export function fillChunk(chunk: Chunk, model: BatchModel, words: Words): void {
  const sequence = model.sequences[chunk.sequence];
  if (sequence === undefined) return;
  const starts = new Map(sequence.parts.map((part) => [part.start, part]));
  const content = document.createDocumentFragment();
  for (let index = chunk.from; index < chunk.to; index++) {
    const part = starts.get(index);
    if (part !== undefined) content.append(joint(rowName(part, words), index > 0));
    const token = tokenElement(model, sequence, index);
    chunk.tokens.push(token);
    content.append(token);
    if (model.pieceAt(sequence, index).text.endsWith('\n')) content.append(document.createElement('br'));
  }
  chunk.element.style.minHeight = '';
  // From now on it flows on from the one before.
  chunk.element.classList.add('filled');
  chunk.element.append(content);
}

/** Where a row begins, `joined` to another one by packing. */
function joint(name: string, joined: boolean): HTMLElement {
  const element = document.createElement('span');
  element.className = joined ? 'joint joined' : 'joint';
  element.textContent = name;
  return element;
}

function tokenElement(model: BatchModel, sequence: TokenSequence, index: number): HTMLElement {
  const { text } = model.pieceAt(sequence, index);
  const token = document.createElement('span');
  token.className = `token ${model.kindAt(sequence, index)}${model.isSpecial(sequence, index) ? ' special' : ''}`;
  token.dataset['index'] = String(index);
  for (const { text: piece, mark } of visibleText(text)) {
    if (mark === null) {
      token.append(piece);
      continue;
    }
    const space = document.createElement('span');
    space.className = 'space';
    space.dataset['mark'] = mark;
    // A line feed inside would break the token; the break after it is made outside.
    if (piece !== '\n' && piece !== '\r') space.textContent = piece;
    token.append(space);
  }
  return token;
}
