import type { Words } from '../shared/words';

/** 87.30%, but 0% and 100% where it is exactly that. */
export function fraction(value: number, words: Words): string {
  return value === 0 || value === 1 ? `${words.integer(value * 100)}%` : words.percent(value);
}
