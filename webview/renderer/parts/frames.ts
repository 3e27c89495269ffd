import { html, nothing, type TemplateResult } from 'lit';
import { type Frame, framesOf, shortFile } from '../../../src/core/run/failures/frames';
import type { Words } from '../../shared/words';

/** So many of the last are in view; those before them are rarely the ones. */
const IN_VIEW = 4;

/** Where an error was raised: the last steps of the way there, with their code; the earlier ones on demand. */
export function frameList(traceback: string, words: Words): TemplateResult | typeof nothing {
  const found = framesOf(traceback);
  if (found === null) return nothing;
  const { frames, raised } = found;
  const { t, integer } = words;
  const earlier = frames.slice(0, -IN_VIEW);
  return html`
    <section class="frames" aria-label=${t('Where it happened')}>
      <h4>${t('Where it happened')}</h4>
      ${
        earlier.length === 0
          ? nothing
          : html`<details>
              <summary>${t('{0} earlier steps', integer(earlier.length))}</summary>
              ${list(earlier, words)}
            </details>`
      }
      ${list(frames.slice(-IN_VIEW), words)}
      <p><code class="raised">${raised}</code></p>
    </section>
  `;
}

function list(frames: readonly Frame[], { t }: Words): TemplateResult {
  return html`<ol>
    ${frames.map(
      ({ file, line, name, code, own }) => html`
        <li class=${own ? 'frame own' : 'frame'}>
          <span class="frame-place">
            <code title=${file}>${shortFile(file)}:${String(line)}</code>
            <span class="quiet">${name}</span>
            <span class="badge">${own ? t('Tunebook') : t('library')}</span>
          </span>
          ${code === '' ? nothing : html`<code class="frame-code">${code}</code>`}
        </li>
      `,
    )}
  </ol>`;
}
