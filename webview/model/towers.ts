import { html, nothing, type TemplateResult } from 'lit';
import { assertNever } from '../../src/common/assertNever';
import type { ModelPart, ModelSizes } from '../../src/protocol/model';
import type { Words } from '../shared/words';
import { compact } from './compact';
import { kindOf, lanesInBlock } from './map/drawn';
import type { Lane } from './map/lanes';
import type { BlockKind, Stack, Stage, Tower } from './map/modelMap';
import { type Drawing, partView } from './partView';
import { strip } from './strip';

export interface TowerDrawing extends Drawing {
  readonly sizes: ModelSizes;
  /** Which block of a stack is drawn. */
  readonly blockOf: (stack: Stack) => number;
  readonly drawBlock: (stack: Stack, block: number) => void;
  /** "sliding", "full", …: what attention each block has, where that is known. */
  readonly attentionOf: (stack: Stack, block: number) => string | null;
  /** Whether pictures go into the text. */
  readonly hasVision: boolean;
}

/** One tower from top to bottom, along the stream that each of its parts reads from and adds to. */
export function tower(one: Tower, drawing: TowerDrawing): TemplateResult {
  const { words } = drawing;
  const name = towerName(one.part, words);
  return html`
    <section class="tower ${one.part}" aria-label=${name}>
      ${
        drawing.hasVision
          ? html`<h3>${name} <span class="quiet number">${compact(one.parameters, words)}</span></h3>`
          : nothing
      }
      <div class="stream">
        <p class="end from"><span>${entrance(one.part, words)}</span></p>
        ${one.stages.map((stage) => stageView(stage, drawing))}
        <p class="end to"><span>${exit(one.part, words)}</span></p>
      </div>
    </section>
  `;
}

function towerName(part: ModelPart, { t }: Words): string {
  switch (part) {
    case 'text':
      return t('Language model');
    case 'vision':
      return t('Vision tower');
    case 'audio':
      return t('Audio tower');
    case 'projector':
      return t('Projector');
    default:
      return assertNever(part);
  }
}

function entrance(part: ModelPart, { t }: Words): string {
  switch (part) {
    case 'text':
      return t('tokens');
    case 'vision':
      return t('picture');
    case 'audio':
      return t('sound');
    case 'projector':
      return t('what was seen');
    default:
      return assertNever(part);
  }
}

function exit(part: ModelPart, { t }: Words): string {
  switch (part) {
    case 'text':
      return t('the next token');
    case 'vision':
    case 'audio':
      return t('to the projector');
    case 'projector':
      return t('into the text, among its tokens');
    default:
      return assertNever(part);
  }
}

function stageView(stage: Stage, drawing: TowerDrawing): TemplateResult | typeof nothing {
  switch (stage.kind) {
    case 'parts':
      return html`<div class="stage">${stage.parts.map((part) => partView(part, drawing))}</div>`;
    case 'stack':
      return stackView(stage.stack, drawing);
    default:
      return assertNever(stage);
  }
}

function stackView(stack: Stack, drawing: TowerDrawing): TemplateResult | typeof nothing {
  const { words, blockOf } = drawing;
  const { t, integer } = words;
  const block = blockOf(stack);
  const kind = kindOf(stack, block);
  if (kind === null) return nothing;
  return html`
    <div class="stack">
      <div class="block" role="group" aria-label=${t('Block {0} of {1}', integer(block), integer(stack.blocks.length))}>
        <div class="block-head">
          <strong class="times number">${t('{0} × block', integer(stack.blocks.length))}</strong>
          <span class="quiet">${alike(stack, kind, block, words)}</span>
        </div>
        ${stack.blocks.length > 1 ? strip(stack, drawing) : nothing}
        <div class="lanes">${lanesInBlock(kind, block).map((lane) => laneView(lane, drawing))}</div>
      </div>
    </div>
  `;
}

function alike({ kinds, blocks }: Stack, kind: BlockKind, block: number, words: Words): string {
  const { t, integer } = words;
  const weights = compact(kind.parameters, words);
  if (blocks.length === 1) return t('{0} parameters', weights);
  return kinds.length === 1
    ? t('all of the same size: {0} parameters each', weights)
    : t('block {0} is drawn: {1} parameters, as in {2} of them', integer(block), weights, integer(kind.blocks.length));
}

function laneView(lane: Lane, drawing: TowerDrawing): TemplateResult {
  const { words, sizes } = drawing;
  const { t } = words;
  const name = lane.kind === 'attention' ? t('Attention') : lane.isMixture ? t('Mixture of experts') : t('MLP');
  const text =
    lane.kind === 'attention'
      ? t('gathers from the tokens before')
      : lane.isMixture && sizes.experts !== null && sizes.expertsPerToken !== null
        ? t('{0} of {1} experts work on each token', words.integer(sizes.expertsPerToken), words.integer(sizes.experts))
        : t('thinks about each token by itself');
  return html`
    <div class="lane ${lane.kind}" role="group" aria-label=${name}>
      <span class="back" aria-hidden="true"></span>
      <p class="lane-head">
        <strong>${name}</strong> <span class="quiet">${text}</span>
        <span class="quiet number lane-size">${compact(lane.parameters, words)}</span>
      </p>
      <div class="steps">
        ${lane.steps.map(
          (step, index) => html`
            ${index === 0 ? nothing : html`<span class="arrow" aria-hidden="true"></span>`}
            <div class="step-parts">${step.map((part) => partView(part, drawing))}</div>
          `,
        )}
      </div>
    </div>
  `;
}
