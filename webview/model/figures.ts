import { html, nothing, type TemplateResult } from 'lit';
import type { ViewContext } from './context';
import type { Reckoning } from './reckon';

interface Figure {
  readonly name: string;
  readonly value: string;
  readonly note: string;
  /** One sentence: what it means. */
  readonly explanation: string;
  readonly tone: '' | 'good' | 'warn' | 'bad';
}

/** What changes with every move of r and of the ticks: always in sight. */
export function figures(reckoning: Reckoning, context: ViewContext): TemplateResult {
  const { words, tip } = context;
  const say =
    (explanation: string) =>
    ({ currentTarget }: Event): void => {
      if (currentTarget instanceof Element) tip.say(currentTarget, explanation);
    };
  return html`
    <section class="figures" aria-label=${words.t('Figures')} aria-live="off">
      ${all(reckoning, context).map(
        ({ name, value, note, explanation, tone }) => html`
          <button
            type="button"
            class="count ${tone}"
            aria-description=${explanation}
            @focus=${say(explanation)}
            @pointerenter=${say(explanation)}
            @pointerleave=${() => tip.hide()}
            @blur=${() => tip.hide()}
          >
            <span class="count-name">${name}</span>
            <span class="count-value number">${value}</span>
            ${note === '' ? nothing : html`<span class="quiet number">${note}</span>`}
          </button>
        `,
      )}
    </section>
  `;
}

function all({ plan, memory }: Reckoning, { words }: ViewContext): Figure[] {
  const { t, integer, percent, fileSize } = words;
  const { trainable, total, adapterBytes, targets } = plan;
  const layers = new Set(targets.map(({ name }) => name)).size;
  return [
    {
      name: t('Trainable'),
      value: integer(trainable),
      note: t('of {0}', integer(total)),
      explanation: t('Weights that change while training: those of the adapter. All others stay frozen.'),
      tone: trainable === 0 ? 'warn' : '',
    },
    {
      name: t('Share'),
      value: total === 0 || trainable === 0 ? '0%' : percent(trainable / total),
      note: t('of all weights'),
      explanation: t('LoRA trains so few because a change of low rank is enough to teach a style or a form.'),
      tone: '',
    },
    {
      name: t('Layers'),
      value: integer(layers),
      note: t('get an adapter'),
      explanation: t('Linear layers, or fused experts, that two thin matrices A and B stand beside.'),
      tone: layers === 0 ? 'warn' : '',
    },
    {
      name: t('Adapter file'),
      value: fileSize(adapterBytes),
      note: t('on the disk'),
      explanation: t(
        'adapter_model.safetensors: what is saved and passed on. The base model stays where it is and needs no copy.',
      ),
      tone: '',
    },
    {
      name: t('Memory at the peak'),
      value: memory?.verdict.amount ?? '…',
      note: memory?.verdict.short ?? '',
      explanation: memory?.verdict.words ?? t('It is being reckoned.'),
      tone: memory?.verdict.tone ?? '',
    },
  ];
}
