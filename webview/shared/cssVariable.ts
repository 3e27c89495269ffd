import { noChange } from 'lit';
import { Directive, directive, type ElementPart, type PartInfo, PartType } from 'lit/directive.js';

class CssVariable extends Directive {
  #last: string | null = null;

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('cssVariable stands inside a tag: <div ${cssVariable(…)}>');
  }

  render(_name: `--${string}`, _value: string): unknown {
    return noChange;
  }

  override update(part: ElementPart, [name, value]: [`--${string}`, string]): unknown {
    if (value !== this.#last && part.element instanceof HTMLElement) {
      part.element.style.setProperty(name, value);
      this.#last = value;
    }
    return noChange;
  }
}

/**
 * Sets a custom property through the CSS object model. lit's styleMap writes a style attribute at first
 * (lit-html/directives/style-map.js, `update`), which a policy without 'unsafe-inline' refuses.
 */
export const cssVariable = directive(CssVariable);
