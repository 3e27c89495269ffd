import { html, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import type { LoraGroup } from '../../src/core/model/lora/groups';
import { type LoraTicks, type TickState, withTicks } from '../../src/core/model/lora/ticks';
import { sentence } from '../shared/sentence';
import type { ViewContext } from './context';
import type { Reckoning } from './reckon';

/** Which layers get an adapter: groups and names, as check boxes. What is ticked is written as a person would write it. */
export function targets(reckoning: Reckoning, context: ViewContext): TemplateResult {
  const { t } = context.words;
  const { groups } = reckoning.ticks;
  return html`
    <fieldset class="field">
      <legend>${t('Layers with LoRA')}</legend>
      <ul class="boxes">
        ${groups.filter((each) => !isName(each)).map((each) => box(each, reckoning, context))}
      </ul>
      <ul class="boxes names">
        ${groups.filter(isName).map((each) => box(each, reckoning, context))}
      </ul>
    </fieldset>
  `;
}

function isName({ group }: LoraTicks['groups'][number]): boolean {
  return group.kind === 'name';
}

function box(
  { group, state }: LoraTicks['groups'][number],
  reckoning: Reckoning,
  context: ViewContext,
): TemplateResult {
  const { words } = context;
  const label = sentence(group.label, words);
  return tickBox({
    state,
    label: group.kind === 'name' ? html`<code>${label}</code>` : label,
    note: countOf(group, reckoning, context),
    tick: (ticked) => tick(group.members, ticked, reckoning, context),
  });
}

function countOf({ members }: LoraGroup, { ticks }: Reckoning, { words: { t, integer } }: ViewContext): string {
  const ticked = members.filter((name) => ticks.ticked.has(name)).length;
  return ticked === 0 || ticked === members.length
    ? integer(members.length)
    : t('{0} of {1}', integer(ticked), integer(members.length));
}

interface TickBox {
  readonly state: TickState;
  readonly label: unknown;
  readonly note: string;
  readonly tick: (ticked: boolean) => void;
}

export function tickBox({ state, label, note, tick: act }: TickBox): TemplateResult {
  return html`
    <li>
      <label class="box">
        <input
          type="checkbox"
          .checked=${live(state === 'all')}
          .indeterminate=${live(state === 'some')}
          @change=${({ target }: Event) => {
            if (target instanceof HTMLInputElement) act(target.checked);
          }}
        />
        <span>${label}</span> <span class="quiet number box-note">${note}</span>
      </label>
    </li>
  `;
}

export function tick(
  names: readonly string[],
  ticked: boolean,
  { structure, recipe }: Reckoning,
  { change, redraw }: ViewContext,
): void {
  const values = withTicks(structure, recipe.lora, { names, ticked });
  // what can't be said in a lora section stays as it was, and so does the box
  if (Object.keys(values).length === 0) redraw();
  else change(values, 'now');
}
