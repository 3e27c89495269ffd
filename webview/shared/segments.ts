import { html, type TemplateResult } from 'lit';

/** A few choices beside each other, one of which is taken. */
export function segments<T extends string | number>(
  label: string,
  choices: readonly (readonly [T, string])[],
  chosen: T,
  choose: (value: T) => void,
): TemplateResult {
  return html`
    <div class="segments" role="group" aria-label=${label}>
      ${choices.map(
        ([value, name]) => html`
          <button type="button" aria-pressed=${value === chosen} @click=${() => choose(value)}>${name}</button>
        `,
      )}
    </div>
  `;
}
