import { html, nothing, type TemplateResult } from 'lit';
import type { MemoryEstimate } from '../../src/protocol/model';
import type { ActualMemory, ModelPicture } from '../../src/protocol/modelPanel';
import { cssVariable } from '../shared/cssVariable';
import { sentence } from '../shared/sentence';
import type { Words } from '../shared/words';
import { breakdown } from './breakdown';
import { comparePicker } from './compare';
import type { ViewContext } from './context';
import { levers } from './levers';
import type { MemoryReckoning, Reckoning } from './reckon';

/** What a training of this recipe takes: three figures, their parts, whether it fits, what helps. */
export function memory({ memory: known }: Reckoning, { setting }: ModelPicture, context: ViewContext): TemplateResult {
  const { t } = context.words;
  return html`
    <section class="memory" aria-label=${t('Memory')} aria-busy=${known?.isCurrent !== true}>
      <div class="section-head">
        <h2>${t('Memory')}</h2>
        ${comparePicker(setting, known?.capacity ?? null, context)}
      </div>
      ${
        known === null
          ? html`<p class="quiet" role="status">${t('It is being reckoned.')}</p>`
          : content(known, setting.actual, context)
      }
    </section>
  `;
}

function content(known: MemoryReckoning, actual: ActualMemory | null, context: ViewContext): TemplateResult {
  const { words } = context;
  const { estimate, verdict, capacity } = known;
  return html`
    <p class="verdict ${verdict.tone}" role="status">
      ${verdict.tone === '' ? nothing : html`<span class="badge ${verdict.tone}">${verdict.short}</span>`}
      <span>${verdict.words}</span>
    </p>
    <ol class="moments">
      ${moments(estimate, actual, words).map((moment) => momentView(moment, estimate, words))}
    </ol>
    ${breakdown(estimate, capacity, context)}
    ${
      estimate.notes.length === 0
        ? nothing
        : html`<ul class="notes quiet">
            ${estimate.notes.map((note) => html`<li>${sentence(note, words)}</li>`)}
          </ul>`
    }
    ${levers(known, context)}
  `;
}

interface Moment {
  readonly name: string;
  readonly bytes: number;
  readonly exact: boolean;
  readonly text: string;
  readonly actualBytes: number | null;
}

function moments(estimate: MemoryEstimate, actual: ActualMemory | null, { t, integer }: Words): Moment[] {
  const { loadedBytes, preparedBytes, peakBytes, length, lengthIsLimit } = estimate;
  return [
    {
      name: t('After loading'),
      bytes: loadedBytes,
      exact: true,
      text: t('The base model as it comes: get_memory_footprint().'),
      actualBytes: actual?.loadedBytes ?? null,
    },
    {
      name: t('After preparation'),
      bytes: preparedBytes,
      exact: true,
      text: t('With the adapter, and what isn’t quantised made float32 where the recipe quantises.'),
      actualBytes: actual?.preparedBytes ?? null,
    },
    {
      name: t('At the peak while training'),
      bytes: peakBytes,
      exact: false,
      text: lengthIsLimit
        ? t('With rows as long as max_length allows: {0} tokens.', integer(length))
        : t('With the longest rows of the dataset: {0} tokens.', integer(length)),
      actualBytes: actual?.peakBytes ?? null,
    },
  ];
}

function momentView(
  { name, bytes, exact, text, actualBytes }: Moment,
  { peakBytes, preparedBytes, loadedBytes }: MemoryEstimate,
  words: Words,
): TemplateResult {
  const { t, megabytes } = words;
  const most = Math.max(peakBytes, preparedBytes, loadedBytes, 1);
  return html`
    <li class="moment">
      <span class="count-name">${name}</span>
      <span class="count-value number">${exact ? '' : '≈ '}${megabytes(bytes)}</span>
      <span class="amount" aria-hidden="true">
        <span class="fill ${exact ? '' : 'guess'}" ${cssVariable('--share', String(bytes / most))}></span>
        ${
          actualBytes === null
            ? nothing
            : html`<span class="measured" ${cssVariable('--share', String(Math.min(1, actualBytes / most)))}></span>`
        }
      </span>
      ${
        actualBytes === null
          ? nothing
          : html`<span class="actual number"
              ><strong>${t('measured: {0}', megabytes(actualBytes))}</strong>
              <span class="quiet">${difference(bytes, actualBytes, words)}</span></span
            >`
      }
      <span class="quiet">${text}</span>
    </li>
  `;
}

/** By how much the last run differed from what was foreseen. */
function difference(foreseen: number, actual: number, { t, percent }: Words): string {
  if (foreseen === actual) return t('exactly as foreseen');
  const share = percent(Math.abs(actual - foreseen) / Math.max(1, foreseen));
  return actual > foreseen ? t('{0} more than foreseen', share) : t('{0} less than foreseen', share);
}
