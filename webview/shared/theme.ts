import type { Disposable } from '../../src/common/disposable';

/** The value of a theme colour, for what CSS doesn't reach: a canvas. */
export function themeColor(element: Element, name: `--${string}`, fallback: string): string {
  const value = getComputedStyle(element).getPropertyValue(name).trim();
  return value === '' ? fallback : value;
}

/** VS Code tells a new theme by the style of <html> and the classes of <body>. */
export function onThemeChange(act: () => void): Disposable {
  const observer = new MutationObserver(act);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['style', 'class'] });
  observer.observe(document.body, { attributes: true, attributeFilter: ['class'] });
  return { dispose: () => observer.disconnect() };
}
