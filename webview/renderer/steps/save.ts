import { html, nothing, type TemplateResult } from 'lit';
import { guard } from 'lit/directives/guard.js';
import type { SaveOutput } from '../../../src/protocol/outputs';
import type { EventOf } from '../../../src/protocol/trainer';
import { action, linkAction } from '../parts/actions';
import { figures } from '../parts/figures';
import type { StepView, ViewContext } from '../view';

/** As git shortens a hash: enough to tell two files apart by eye. */
const SHORT_HASH = 12;

export function saveView(context: ViewContext): StepView<SaveOutput> {
  return {
    render: ({ saved }) =>
      html`${guard([saved, context.words], () => (saved === null ? nothing : content(saved, context)))}`,
    dispose() {},
  };
}

function content({ directory, files }: EventOf<'saved'>, context: ViewContext): TemplateResult {
  const { words } = context;
  const { t } = words;
  const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
  return html`
    <p class="device"><code>${directory}</code></p>
    ${figures([
      { label: t('Total'), value: words.fileSize(total), big: true },
      { label: t('Files'), value: words.integer(files.length) },
    ])}
    <table class="files">
      <caption class="hidden">
        ${t('Saved files')}
      </caption>
      <thead>
        <tr>
          <th scope="col">${t('File')}</th>
          <th scope="col" class="right">${t('Size')}</th>
          <th scope="col">SHA-256</th>
          ${context.post === null ? nothing : html`<th scope="col"><span class="hidden">${t('Actions')}</span></th>`}
        </tr>
      </thead>
      <tbody>
        ${files.map(
          ({ path, bytes, sha256 }) => html`
            <tr>
              <th scope="row"><code>${shown(path, directory)}</code></th>
              <td class="right number nowrap">${words.fileSize(bytes)}</td>
              <td><code class="quiet" title=${sha256}>${sha256.slice(0, SHORT_HASH)}</code></td>
              ${
                context.post === null
                  ? nothing
                  : html`<td class="right">
                      ${linkAction(
                        t('Open'),
                        { type: 'openFile', path: absolute(path, directory) },
                        context,
                        shown(path, directory),
                      )}
                    </td>`
              }
            </tr>
          `,
        )}
      </tbody>
    </table>
    ${
      context.post === null
        ? nothing
        : html`<div class="actions">
            ${action(t('Show folder'), { type: 'revealFolder', path: directory }, context)}
            ${action(t('Push to the Hub'), { type: 'pushToHub', path: directory }, context)}
          </div>`
    }
  `;
}

/** The trainer names files inside the directory, or in full. */
function shown(path: string, directory: string): string {
  return path.startsWith(directory) ? path.slice(directory.length).replace(/^[\\/]+/, '') : path;
}

function absolute(path: string, directory: string): string {
  if (/^([\\/]|[A-Za-z]:)/.test(path)) return path;
  return `${directory.replace(/[\\/]+$/, '')}/${path}`;
}
