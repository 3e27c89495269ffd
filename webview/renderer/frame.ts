import { html, nothing, type TemplateResult } from 'lit';
import { assertNever } from '../../src/common/assertNever';
import type { StepOutput, StepStatus } from '../../src/protocol/outputs';
import type { StepName } from '../../src/protocol/trainer';
import type { Words } from '../shared/words';
import { problemBox } from './parts/problem';
import { progress } from './parts/progress';
import { statusIcon } from './parts/statusIcon';
import { warningList } from './parts/warnings';
import type { ViewContext } from './view';

/** What every step has around its own content: where it stands, what went wrong, what deserves a look. */
export function frame(output: StepOutput, context: ViewContext, body: TemplateResult): TemplateResult {
  const { words } = context;
  return html`
    <section class="step" aria-label=${title(output.step, words)} data-step=${output.step} data-status=${output.status}>
      <header class="head">
        ${statusIcon(output.status)}
        <span class="title" role="status">
          <strong>${title(output.step, words)}</strong>
          <span class="quiet">${statusWord(output.status, words)}</span>
        </span>
        ${
          output.durationMs === null || output.status === 'queued'
            ? nothing
            : html`<span class="quiet number duration">${words.duration(output.durationMs)}</span>`
        }
      </header>
      ${progress(output, words)} ${problemBox(output, context)}
      <div class="body">${body}</div>
      ${warningList(output.warnings, context)} ${context.tip.element}
    </section>
  `;
}

export function title(step: StepName, { t }: Words): string {
  switch (step) {
    case 'model':
      return t('Model');
    case 'lora':
      return t('LoRA adapter');
    case 'data':
      return t('Data');
    case 'tokenizer':
      return t('Tokenizer');
    case 'train':
      return t('Training');
    case 'generate':
      return t('Answers');
    case 'save':
      return t('Saved adapter');
    default:
      return assertNever(step);
  }
}

function statusWord(status: StepStatus, { t }: Words): string {
  switch (status) {
    case 'queued':
      return t('waits for the steps above');
    case 'running':
      return t('running');
    case 'done':
      return t('done');
    case 'failed':
      return t('failed');
    case 'stopped':
      return t('stopped');
    default:
      return assertNever(status);
  }
}
