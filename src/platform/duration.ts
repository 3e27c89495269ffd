import * as vscode from 'vscode';

/** How long something will still take, coarse as an estimate is. */
export function timeLeft(seconds: number): string {
  if (seconds < 60) return vscode.l10n.t('{0} s left', Math.max(1, Math.round(seconds)));
  if (seconds < 3600) return vscode.l10n.t('{0} min left', Math.round(seconds / 60));
  const minutes = Math.round(seconds / 60);
  return vscode.l10n.t('{0} h {1} min left', Math.floor(minutes / 60), minutes % 60);
}

const UNITS = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['week', 7 * 86_400],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** "5m ago": in the editor's language, as short as it has it. */
export function ago(epochSeconds: number, nowSeconds = Date.now() / 1000): string {
  const seconds = nowSeconds - epochSeconds;
  // a clock that was set back, too: what happened did not happen in the future
  if (seconds < 60) return vscode.l10n.t('just now');
  const [unit, size] = UNITS.find(([, length]) => seconds >= length) ?? ['minute', 60];
  const format = new Intl.RelativeTimeFormat(displayLanguage(), { style: 'narrow' });
  return format.format(-Math.floor(seconds / size), unit);
}

/** "1:05" or "2:03:09". */
export function clock(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, '0'));
  const hours = Math.floor(whole / 3600);
  return hours > 0 ? `${hours}:${parts.join(':')}` : parts.join(':').replace(/^0/, '');
}

/** The editor's language where the runtime knows it. */
function displayLanguage(): string {
  try {
    return Intl.getCanonicalLocales(vscode.env.language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
