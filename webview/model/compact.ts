import type { Words } from '../shared/words';

const formats = new Map<string, Intl.NumberFormat>();

/** 3.82B, 28.3M; 38.2亿 in Chinese. */
export function compact(value: number, { language }: Words): string {
  const known =
    formats.get(language) ??
    new Intl.NumberFormat(localeOf(language), { notation: 'compact', maximumSignificantDigits: 3 });
  formats.set(language, known);
  return known.format(value);
}

function localeOf(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
