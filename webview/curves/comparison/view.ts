import { html, noChange, type TemplateResult } from 'lit';
import { AsyncDirective } from 'lit/async-directive.js';
import { directive } from 'lit/directive.js';
import type { CurveRunFacts, RunComparison } from '../../../src/protocol/curvesPanel';
import { Tip } from '../../shared/tip';
import type { Words } from '../../shared/words';
import { answers } from './answers';
import { type ComparisonChoices, comparisonChoices } from './choices';
import type { ComparisonContext } from './context';
import { controls } from './controls';
import { tables } from './tables';

/** Keeps what a person has set for the panel's next life. */
export interface ComparisonMemory {
  readonly kept: unknown;
  keep(choices: ComparisonChoices): void;
}

/** What these runs have in common and what not. Its style sheet is `comparisonStyle` (styles.ts). */
export function comparisonView(
  comparison: RunComparison,
  runs: readonly CurveRunFacts[],
  words: Words,
  memory?: ComparisonMemory,
): TemplateResult {
  return html`${compared(comparison, runs, words, memory)}`;
}

/**
 * Has a state of its own, so that a click here draws nothing else of the panel again; and is drawn again only where it changes:
 * a panel with a run at work draws ten times a second, and answers are compared word by word.
 */
class Comparison extends AsyncDirective {
  readonly #tip = new Tip();
  #choices: ComparisonChoices | null = null;
  #drawn: readonly unknown[] = [];

  render(
    comparison: RunComparison,
    runs: readonly CurveRunFacts[],
    words: Words,
    memory: ComparisonMemory | undefined,
  ): unknown {
    const choices = (this.#choices ??= comparisonChoices(memory?.kept));
    // of the facts the names alone are shown
    const shown = [comparison, words, choices, ...runs.map(({ name }) => name)];
    if (shown.length === this.#drawn.length && shown.every((part, index) => part === this.#drawn[index]))
      return noChange;
    this.#drawn = shown;
    return page({
      comparison,
      runs,
      words,
      tip: this.#tip,
      choices,
      choose: (change) => {
        this.#choices = { ...choices, ...change };
        memory?.keep(this.#choices);
        this.setValue(this.render(comparison, runs, words, memory));
      },
    });
  }

  override disconnected(): void {
    this.#tip.dispose();
  }
}

const compared = directive(Comparison);

function page(context: ComparisonContext): TemplateResult {
  const { runs, words, tip } = context;
  const { t, integer } = words;
  return html`
    <section class="comparison runs-${Math.min(runs.length, 6)}" aria-labelledby="comparison-title">
      <header class="comparison-head">
        <h2 id="comparison-title">${t('Comparison of {0} runs', integer(runs.length))}</h2>
        ${controls(context)}
      </header>
      ${tables(context)} ${answers(context)} ${tip.element}
    </section>
  `;
}
