import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../shared/words';
import { compact } from './compact';
import { explain } from './explain';
import { figure, vectorFigure } from './figure';
import type { Part } from './map/part';
import type { PartState, PartStates } from './partState';
import { loraWords, sizeWords, stateWord, storageTag, storageWords } from './partWords';
import type { Scale } from './scale';

/** What the picture is drawn with. */
export interface Drawing {
  readonly words: Words;
  readonly scale: Scale;
  readonly states: PartStates;
  /** The part that the keys are at. */
  readonly current: string;
  readonly point: (part: Part, element: Element) => void;
  readonly leave: () => void;
  readonly choose: (part: Part, element: Element) => void;
  readonly focus: (part: Part, element: Element) => void;
}

/** A part as a button: it explains itself to the pointer, to the keys and to a screen reader. */
export function partView(part: Part, drawing: Drawing): TemplateResult {
  const { words, states, current, point, leave, choose, focus } = drawing;
  const state = states.of(part);
  const act =
    (what: (part: Part, element: Element) => void) =>
    ({ currentTarget }: Event): void => {
      if (currentTarget instanceof Element) what(part, currentTarget);
    };
  return html`
    <button
      type="button"
      class="part ${shapeOf(part)} ${state.lora === null ? '' : 'target'} ${state.whole ? 'whole' : ''}"
      data-part=${part.name}
      tabindex=${part.name === current ? 0 : -1}
      aria-label=${spoken(part, state, words)}
      aria-description=${description(part, state, words)}
      @pointerenter=${act(point)}
      @pointerleave=${leave}
      @focus=${act(focus)}
      @blur=${leave}
      @click=${act(choose)}
    >
      ${drawn(part, state, drawing)}
    </button>
  `;
}

function shapeOf({ sides, length }: Part): 'matrix' | 'line' | 'pill' {
  if (sides !== null) return 'matrix';
  return length === null ? 'pill' : 'line';
}

function drawn(part: Part, state: PartState, { words, scale }: Drawing): TemplateResult {
  if (part.sides === null && part.length === null) return html`<span class="pill-name">${part.label}</span>`;
  const tags =
    part.sides === null
      ? nothing
      : html`<span class="tags">
          ${part.tiedTo === null ? nothing : html`<span class="tag">${words.t('shared')}</span>`}
          <span class="tag ${state.storage}">${storageTag(state.storage, words)}</span>
          ${state.lora === null ? nothing : html`<span class="tag lora">LoRA</span>`}
          ${state.whole ? html`<span class="tag lora">${words.t('trained whole')}</span>` : nothing}
        </span>`;
  return html`
    ${part.sides === null ? vectorFigure(part.length ?? 0, state, scale) : figure(part.sides, state, scale)}
    <span class="part-words">
      <span class="part-name">${breakable(part.label)}</span>
      <span class="part-size number">${sizeWords(part, words)}</span>
      ${tags}
    </span>
  `;
}

/** Names may break after their underscores. */
function breakable(name: string): TemplateResult {
  return html`${name.split('_').map((piece, index) => (index === 0 ? piece : html`_<wbr />${piece}`))}`;
}

function spoken(part: Part, state: PartState, words: Words): string {
  const { t } = words;
  const { title } = explain(part.role, words);
  const facts = [`${part.label}: ${title}`];
  if (part.sides !== null || part.length !== null) facts.push(sizeWords(part, words));
  if (part.parameters > 0) facts.push(t('{0} parameters', words.integer(part.parameters)));
  if (part.sides !== null) facts.push(storageTag(state.storage, words), stateWord(state, words));
  return facts.join(', ');
}

function description(part: Part, state: PartState, words: Words): string {
  return [explain(part.role, words).text, ...weightWords(part, state, words)].join(' ');
}

/** Sentences on the weights of a part; none for what has none. */
export function weightWords(part: Part, state: PartState, words: Words): readonly string[] {
  if (part.parameters === 0 && part.tiedTo === null) return [];
  const tied = part.tiedTo === null ? '' : words.t('Its weights are those of {0}: they are there once.', part.tiedTo);
  return [tied, storageWords(state, words), loraWords(part, state, words)].filter((sentence) => sentence !== '');
}

/** What the tip at a part says. */
export function partTip(part: Part, state: PartState, words: Words): Node {
  const content = document.createDocumentFragment();
  const add = (tag: string, text: string, name = ''): void => {
    const element = document.createElement(tag);
    element.textContent = text;
    if (name !== '') element.className = name;
    content.append(element);
  };
  const { title, text } = explain(part.role, words);
  add('strong', `${part.label} · ${title}`);
  add('p', text);
  const size = [
    sizeWords(part, words),
    part.parameters > 0 ? words.t('{0} parameters', compact(part.parameters, words)) : '',
  ];
  const facts = size.filter((each) => each !== '').join(' · ');
  if (facts !== '') add('p', facts, 'quiet number');
  for (const sentence of weightWords(part, state, words)) add('p', sentence);
  return content;
}
