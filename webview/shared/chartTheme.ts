import { themeColor } from './theme';

export interface ChartTheme {
  readonly text: string;
  readonly quiet: string;
  readonly line: string;
  readonly grid: string;
  readonly blue: string;
  readonly purple: string;
  readonly green: string;
  readonly red: string;
  readonly tipBackground: string;
  readonly tipBorder: string;
  readonly tipText: string;
  readonly fontFamily: string;
}

/** A canvas knows no CSS variables: the colours of the theme as they are now. */
export function chartTheme(element: Element): ChartTheme {
  const text = themeColor(element, '--vscode-foreground', '#808080');
  const contrast = themeColor(element, '--vscode-contrastBorder', '');
  const line = contrast === '' ? `color-mix(in srgb, ${text} 30%, transparent)` : contrast;
  return {
    text,
    quiet: themeColor(element, '--vscode-descriptionForeground', text),
    line,
    grid: `color-mix(in srgb, ${text} 12%, transparent)`,
    blue: themeColor(element, '--vscode-charts-blue', text),
    purple: themeColor(element, '--vscode-charts-purple', text),
    green: themeColor(element, '--vscode-charts-green', text),
    red: themeColor(element, '--vscode-charts-red', text),
    tipBackground: themeColor(element, '--vscode-editorHoverWidget-background', '#ffffff'),
    tipBorder: themeColor(element, '--vscode-editorHoverWidget-border', line),
    tipText: themeColor(element, '--vscode-editorHoverWidget-foreground', text),
    fontFamily: themeColor(element, '--vscode-font-family', 'sans-serif'),
  };
}
