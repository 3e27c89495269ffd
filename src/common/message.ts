/**
 * A sentence for a person, not yet in their language. `text` is the English sentence with {0}, {1}, … for `args`, and is
 * at the same time its key in l10n/bundle.l10n.<language>.json, exactly as `vscode.l10n.t` uses it. Pure code returns
 * Messages; the edge (platform, cli, webview) turns them into words.
 */
export interface Message {
  readonly text: string;
  readonly args: readonly (string | number)[];
}

export function message(text: string, ...args: (string | number)[]): Message {
  return { text, args };
}

/** Fills {0}, {1}, … in `text`; `translations` maps English text to the same text in another language. */
export function formatMessage({ text, args }: Message, translations: Readonly<Record<string, string>> = {}): string {
  const template = translations[text] ?? text;
  return template.replace(/\{(\d+)\}/g, (placeholder, index: string) => String(args[Number(index)] ?? placeholder));
}
