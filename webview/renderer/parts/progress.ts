import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { html, nothing, type TemplateResult } from 'lit';
import type { StepOutput, StepProgress } from '../../../src/protocol/outputs';
import type { Words } from '../../shared/words';

/** The running work and how far it is. */
export function progress(output: StepOutput, words: Words): TemplateResult | typeof nothing {
  if (output.status !== 'running') return nothing;
  const { t, integer } = words;
  const now = progressOf(output, words);
  const what = now === null ? t('Starting') : t(now.what);
  const counted =
    now === null || now.current === null
      ? ''
      : [
          now.total === null
            ? integer(now.current)
            : t('{0} of {1}', amount(now.current, now.unit, words), amount(now.total, now.unit, words)),
          now.unit === null || now.unit === 'bytes' ? '' : unitWord(now.unit, words),
        ]
          .filter(Boolean)
          .join(' ');
  const total = now?.total ?? null;
  const current = now?.current ?? null;
  const known = total !== null && current !== null && total > 0;
  return html`
    <div class="progress">
      <div class="progress-words"><span>${what}</span> <span class="quiet number">${counted}</span></div>
      <vscode-progress-bar
        aria-label=${what}
        .indeterminate=${!known}
        .value=${known ? current : 0}
        .max=${known ? total : 100}
      ></vscode-progress-bar>
    </div>
  `;
}

/** A training tells how far it is by its points. */
function progressOf(output: StepOutput, words: Words): StepProgress | null {
  if (output.step !== 'train' || output.started === null) return output.progress;
  const reached = output.points.at(-1)?.trainStep ?? 0;
  if (reached === 0 && output.progress !== null) return output.progress;
  const { totalSteps, epochs } = output.started;
  const epoch = totalSteps === 0 ? 0 : (epochs * reached) / totalSteps;
  const what = words.t('Epoch {0} of {1}', words.decimal(epoch, 1), String(epochs));
  return { what, current: reached, total: totalSteps, unit: 'steps' };
}

/** The units that the trainer counts in; one of a newer trainer is shown as it came. */
function unitWord(unit: string, { t }: Words): string {
  switch (unit) {
    case 'rows':
      return t('rows');
    case 'answers':
      return t('answers');
    case 'steps':
      return t('steps');
    default:
      return unit;
  }
}

function amount(value: number, unit: string | null, words: Words): string {
  return unit === 'bytes' ? words.fileSize(value) : words.integer(value);
}
