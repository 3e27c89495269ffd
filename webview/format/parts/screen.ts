import { html, nothing, type TemplateResult } from 'lit';
import type { View } from '../view';
import { complaint } from './complaint';
import { convertBar } from './convertBar';
import { formSelect } from './formSelect';
import { header } from './header';
import { mappingEditor } from './mappingEditor';
import { noPreview } from './noPreview';
import { previewList } from './previewList';
import { report } from './report';
import { running } from './running';

/** The panel: the file, and below it the mapping with its preview, the conversion under way, or its report. */
export function screen(view: View): TemplateResult {
  const { snapshot } = view.state;
  if (snapshot === null && view.state.failure === null) return html`<div class="panel" aria-busy="true"></div>`;
  return html`
    <div class="panel">
      ${header(view)} ${complaint(view)} ${content(view)}
      <p class="hidden" role="status">${spoken(view)}</p>
    </div>
  `;
}

function content(view: View): TemplateResult {
  const { job, preview, failure, mapping } = view.state;
  if (job?.kind === 'running') return running(job.progress, view);
  if (job?.kind === 'done') return report(job.report, view);
  if (preview === null || failure !== null || preview.columns.length === 0) return noPreview(view);
  return html`
    <div class="work">
      <section class="mapping" aria-labelledby="mapping-title">
        <h2 id="mapping-title">${view.words.t('Mapping')}</h2>
        ${formSelect(view)} ${mapping === null ? nothing : mappingEditor(mapping, view)}
      </section>
      ${previewList(preview, view)}
    </div>
    ${convertBar(view)}
  `;
}

/** For those who hear it: that something began or ended. Figures on the way are not read out. */
function spoken({ state: { job }, words: { t, integer } }: View): string {
  if (job?.kind === 'running') return t('Converting');
  if (job?.kind === 'done')
    return t('{0} rows written, {1} skipped', integer(job.report.written), integer(job.report.skipped));
  return '';
}
