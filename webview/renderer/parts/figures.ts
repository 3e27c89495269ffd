import { html, nothing, type TemplateResult } from 'lit';

export interface Figure {
  readonly label: string;
  readonly value: string;
  /** What the value is made of, or which call printed it. */
  readonly note?: string | undefined;
  /** One to look at first. */
  readonly big?: boolean;
}

/** Numbers with their names; null ones are not known yet and left out. */
export function figures(all: readonly (Figure | null)[]): TemplateResult | typeof nothing {
  const known = all.filter((figure) => figure !== null);
  if (known.length === 0) return nothing;
  return html`
    <dl class="figures">
      ${known.map(
        ({ label, value, note, big }) => html`
          <div class=${big === true ? 'figure big' : 'figure'}>
            <dt>${label}</dt>
            <dd>
              <span class="value number">${value}</span>
              ${note === undefined ? nothing : html`<span class="quiet note">${note}</span>`}
            </dd>
          </div>
        `,
      )}
    </dl>
  `;
}
