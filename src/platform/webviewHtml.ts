import { randomBytes } from 'node:crypto';

/** The page of a panel: one script, nonce only, no inline style, no other origin, no text that becomes markup. */
export function webviewHtml({
  language,
  title,
  script,
  subject,
}: {
  /** BCP 47; the script reads it from <html lang>. */
  readonly language: string;
  readonly title: string;
  /** Address of the script. */
  readonly script: string;
  /** URI of the file that the tab is about. */
  readonly subject: string;
}): string {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `require-trusted-types-for 'script'`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${escape(language)}" data-subject="${escape(subject)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)}</title>
</head>
<body>
<main id="app"></main>
<script nonce="${nonce}" src="${escape(script)}"></script>
</body>
</html>`;
}

function escape(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.codePointAt(0)};`);
}
