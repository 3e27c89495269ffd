// What is given to page.evaluate runs in the page: it can use nothing from outside.
/* oxlint-disable unicorn/consistent-function-scoping */
import type { Page } from 'playwright-core';

export interface TextLook {
  readonly text: string;
  readonly where: string;
  readonly sizePx: number;
  readonly contrast: number;
}

/** Every visible text of the page, in all shadow roots, with its size and its contrast (WCAG 2) to what lies behind it. */
export function textLooks(page: Page): Promise<TextLook[]> {
  return page.evaluate(() => {
    type Color = readonly [number, number, number, number];
    const parse = (css: string): Color => {
      const srgb = /color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)(?: \/ ([\d.e-]+))?\)/.exec(css);
      if (srgb !== null)
        return [Number(srgb[1]) * 255, Number(srgb[2]) * 255, Number(srgb[3]) * 255, Number(srgb[4] ?? 1)];
      const rgb = /rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)/.exec(css);
      if (rgb !== null) return [Number(rgb[1]), Number(rgb[2]), Number(rgb[3]), Number(rgb[4] ?? 1)];
      throw new Error(`not a colour: ${css}`);
    };
    const over = ([r, g, b, a]: Color, [br, bg, bb]: Color): Color => [
      r * a + br * (1 - a),
      g * a + bg * (1 - a),
      b * a + bb * (1 - a),
      1,
    ];
    const luminance = ([r, g, b]: Color): number => {
      const linear = [r, g, b].map((value) => {
        const unit = value / 255;
        return unit <= 0.03928 ? unit / 12.92 : ((unit + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * linear[0]! + 0.7152 * linear[1]! + 0.0722 * linear[2]!;
    };
    const contrast = (one: Color, two: Color): number => {
      const [light, dark] = [luminance(one), luminance(two)].sort((a, b) => b - a) as [number, number];
      return (light + 0.05) / (dark + 0.05);
    };
    const parentOf = (element: Element): Element | null => {
      if (element.assignedSlot !== null) return element.assignedSlot;
      if (element.parentElement !== null) return element.parentElement;
      const root = element.getRootNode();
      return root instanceof ShadowRoot ? root.host : null;
    };
    const behind = (element: Element | null): Color => {
      if (element === null) return [255, 255, 255, 1];
      const style = getComputedStyle(element);
      const below = behind(parentOf(element));
      const filled = over(parse(style.backgroundColor), below);
      // Stripes: text may stand on their darkest colour, which is named first.
      const striped = /(?:color\(srgb|rgba?\()[^)]*\)/.exec(style.backgroundImage);
      return striped === null ? filled : over(parse(striped[0]), filled);
    };
    const looks: TextLook[] = [];
    const look = (element: Element, text: string, style: CSSStyleDeclaration): void => {
      const background = behind(element);
      looks.push({
        text: text.trim().slice(0, 60),
        where: `${element.localName}.${element.className}`,
        sizePx: Number.parseFloat(style.fontSize),
        contrast: contrast(over(parse(style.color), background), background),
      });
    };
    const walk = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot !== null) walk(element.shadowRoot);
        if (!element.checkVisibility() || element.closest('.hidden, style, script, [popover]') !== null) continue;
        const marked = getComputedStyle(element, '::before');
        if (element.matches('.space')) look(element, element.getAttribute('data-mark') ?? '', marked);
        const own = [...element.childNodes].filter((node) => node instanceof Text).map((node) => node.data);
        const text = own.join('').trim();
        if (text !== '') look(element, text, getComputedStyle(element));
      }
    };
    walk(document);
    return looks;
  });
}

/** Elements that are wider than the window, or whose content is wider than they are and cannot be scrolled. */
export function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    if (document.documentElement.scrollWidth > document.documentElement.clientWidth) found.push('page');
    const walk = (root: ParentNode): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot !== null) walk(element.shadowRoot);
        if (!element.checkVisibility() || element.closest('.hidden, [popover]') !== null) continue;
        if (element.getBoundingClientRect().right > innerWidth + 1)
          found.push(`${element.localName}.${element.className}`);
      }
    };
    walk(document);
    return found;
  });
}
