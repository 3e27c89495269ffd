import { html, nothing, type TemplateResult } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';
import { live } from 'lit/directives/live.js';

export interface Field {
  /** Of this element in the panel. */
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string | undefined;
  /** What is wrong with the value; null or absent: nothing. */
  readonly problem?: string | null | undefined;
  readonly placeholder?: string;
  readonly mono?: boolean;
  readonly act: (value: string) => void;
}

/** A field of one line: what it is called, what it holds, what is wrong with it. */
export function textField(field: Field): TemplateResult {
  const { id, label, value, placeholder = '', mono = false, problem } = field;
  return html`
    <div class="field">
      <label for=${id}>${label}</label>
      <input
        id=${id}
        type="text"
        class=${mono ? 'mono' : ''}
        spellcheck="false"
        autocomplete="off"
        placeholder=${placeholder}
        .value=${live(value)}
        aria-invalid=${problem ? 'true' : 'false'}
        aria-describedby=${ifDefined(describedBy(field))}
        @input=${onInput(field)}
      />
      ${notes(field)}
    </div>
  `;
}

/** The same with as many lines as its text has. */
export function textArea(field: Field): TemplateResult {
  const { id, label, value, placeholder = '', mono = false, problem } = field;
  return html`
    <label for=${id}>${label}</label>
    <textarea
      id=${id}
      rows="2"
      class=${mono ? 'mono' : ''}
      spellcheck="false"
      placeholder=${placeholder}
      .value=${live(value)}
      aria-invalid=${problem ? 'true' : 'false'}
      aria-describedby=${ifDefined(describedBy(field))}
      @input=${onInput(field)}
    ></textarea>
    ${notes(field)}
  `;
}

/** What is wrong with a control that can't name it by an id. */
export function wrong(problem: string | null): TemplateResult | typeof nothing {
  return problem === null ? nothing : html`<p class="wrong" role="alert">${problem}</p>`;
}

function onInput({ act }: Field): (event: Event) => void {
  return ({ target }) => {
    if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) act(target.value);
  };
}

function notes({ id, hint, problem }: Field): TemplateResult {
  return html`
    ${problem ? html`<p class="wrong" id="${id}-problem">${problem}</p>` : nothing}
    ${hint === undefined ? nothing : html`<p class="quiet hint" id="${id}-hint">${hint}</p>`}
  `;
}

function describedBy({ id, hint, problem }: Field): string | undefined {
  const ids = [problem ? `${id}-problem` : '', hint === undefined ? '' : `${id}-hint`].filter(Boolean);
  return ids.length === 0 ? undefined : ids.join(' ');
}
