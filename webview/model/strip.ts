import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../shared/words';
import type { BlockKind, Stack } from './map/modelMap';
import type { PartStates } from './partState';
import type { TowerDrawing } from './towers';

/** What tells blocks of a stack from each other. */
interface BlockFacts {
  readonly block: number;
  readonly kind: number;
  readonly attention: string | null;
  readonly targets: number;
  readonly adaptable: number;
}

/** All blocks of a stack, one cell each: where they differ, and which one is drawn. A slider for the keys. */
export function strip(stack: Stack, drawing: TowerDrawing): TemplateResult {
  const { words, blockOf, drawBlock } = drawing;
  const { t } = words;
  const facts = stack.blocks.map((block) => factsOf(stack, block, drawing));
  const shown = blockOf(stack);
  const current = facts.find(({ block }) => block === shown) ?? null;
  const attentions = new Set(facts.map(({ attention }) => attention));
  const mixed = attentions.size > 1;
  return html`
    <div
      class="strip-row"
      role="slider"
      tabindex="0"
      aria-label=${t('Block that is drawn')}
      aria-valuemin=${stack.blocks[0] ?? 0}
      aria-valuemax=${stack.blocks.at(-1) ?? 0}
      aria-valuenow=${shown}
      aria-valuetext=${current === null ? '' : blockWords(current, stack, words)}
      @keydown=${(event: KeyboardEvent) => onKey(event, stack, shown, drawBlock)}
      @click=${(event: MouseEvent) => {
        const cell = event.target instanceof Element ? event.target.closest<HTMLElement>('.cell') : null;
        if (cell?.dataset['block'] !== undefined) drawBlock(stack, Number(cell.dataset['block']));
      }}
    >
      ${facts.map(
        (each) => html`
          <span
            class="cell kind-${Math.min(each.kind, 3)} ${mixed && each.attention === [...attentions][1] ? 'other-attention' : ''} ${coverage(each)} ${each.block === shown ? 'shown' : ''}"
            data-block=${each.block}
            title=${blockWords(each, stack, words)}
          ></span>
        `,
      )}
    </div>
    ${key(stack, facts, words)}
  `;
}

function factsOf(stack: Stack, block: number, { states, attentionOf }: TowerDrawing): BlockFacts {
  const index = stack.kinds.findIndex(({ blocks }) => blocks.includes(block));
  const parts = partsOf(stack.kinds[index]);
  const adaptable = parts.filter((part) => part.adaptable);
  return {
    block,
    kind: Math.max(0, index),
    attention: attentionOf(stack, block),
    targets: adaptable.filter((part) => isTarget(states, part, block)).length,
    adaptable: adaptable.length,
  };
}

function partsOf(kind: BlockKind | undefined): readonly BlockKind['lanes'][number]['steps'][number][number][] {
  return kind?.lanes.flatMap(({ steps }) => steps.flat()) ?? [];
}

function isTarget(states: PartStates, part: Parameters<PartStates['inBlock']>[0], block: number): boolean {
  return states.inBlock(part, block).lora !== null;
}

function coverage({ targets, adaptable }: BlockFacts): string {
  if (targets === 0) return '';
  return targets < adaptable ? 'some-targets' : 'all-targets';
}

function blockWords(facts: BlockFacts, stack: Stack, words: Words): string {
  const { t, integer } = words;
  const parts = [t('Block {0}', integer(facts.block))];
  if (facts.attention !== null) parts.push(attentionWord(facts.attention, words));
  if (stack.kinds.length > 1) parts.push(kindWord(stack.kinds[facts.kind], words));
  parts.push(
    facts.targets === 0
      ? t('without LoRA')
      : t('LoRA on {0} of {1} layers', integer(facts.targets), integer(facts.adaptable)),
  );
  return parts.filter((part) => part !== '').join(', ');
}

/** layer_types of config.json, as words. */
export function attentionWord(type: string, { t }: Words): string {
  switch (type) {
    case 'full_attention':
      return t('full attention: sees all tokens before');
    case 'sliding_attention':
      return t('sliding attention: sees the nearest tokens');
    case 'chunked_attention':
      return t('chunked attention: sees the tokens of its stretch');
    case 'linear_attention':
      return t('linear attention: keeps a summary of the tokens before');
    default:
      return type;
  }
}

function kindWord(kind: BlockKind | undefined, { t }: Words): string {
  const mlp = kind?.lanes.find((lane) => lane.kind === 'mlp');
  if (mlp === undefined) return '';
  return mlp.isMixture ? t('mixture of experts') : t('dense MLP');
}

/** What the cells mean, where they are not all alike. */
function key(stack: Stack, facts: readonly BlockFacts[], words: Words): TemplateResult | typeof nothing {
  const { t, integer } = words;
  const entries: (readonly [string, string, number])[] = [];
  if (stack.kinds.length > 1)
    for (const [index, kind] of stack.kinds.entries()) {
      const name = kindWord(kind, words);
      const same = stack.kinds.filter((other) => kindWord(other, words) === name).length > 1;
      entries.push([
        `kind-${Math.min(index, 3)}`,
        same ? t('blocks like block {0}', integer(kind.blocks[0] ?? 0)) : name,
        kind.blocks.length,
      ]);
    }
  const attentions = [...new Set(facts.flatMap(({ attention }) => attention ?? []))];
  if (attentions.length > 1)
    for (const [index, attention] of attentions.entries())
      entries.push([
        index === 1 ? 'kind-0 other-attention' : 'kind-0',
        attentionWord(attention, words),
        facts.filter((each) => each.attention === attention).length,
      ]);
  const covers = new Set(facts.map(coverage));
  if (covers.size > 1)
    for (const [name, label] of [
      ['all-targets', t('LoRA on all its linear layers')],
      ['some-targets', t('LoRA on some of them')],
      ['', t('without LoRA')],
    ] as const)
      if (covers.has(name))
        entries.push([`kind-0 ${name}`, label, facts.filter((each) => coverage(each) === name).length]);
  if (entries.length === 0) return nothing;
  return html`<ul class="strip-key">
    ${entries.map(
      ([look, label, count]) =>
        html`<li>
          <span class="cell ${look}" aria-hidden="true"></span>${label}
          <span class="quiet number">${integer(count)}</span>
        </li>`,
    )}
  </ul>`;
}

function onKey(event: KeyboardEvent, stack: Stack, shown: number, draw: (stack: Stack, block: number) => void): void {
  const index = stack.blocks.indexOf(shown);
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: index + 1,
    ArrowUp: index + 1,
    ArrowLeft: index - 1,
    ArrowDown: index - 1,
    PageUp: index + 8,
    PageDown: index - 8,
    Home: 0,
    End: stack.blocks.length - 1,
  };
  const wanted = steps[event.key];
  if (wanted === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const block = stack.blocks[Math.max(0, Math.min(stack.blocks.length - 1, wanted))];
  if (block !== undefined && block !== shown) draw(stack, block);
}
