import { characters } from './characters';
import { lstrip, rstrip } from './whitespace';

/** str.strip, .lstrip, .rstrip; chars null: white space. */
export function strip(text: string, chars: string | null, sides: 'both' | 'left' | 'right'): string {
  if (chars === null) {
    const left = sides === 'right' ? text : lstrip(text);
    return sides === 'left' ? left : rstrip(left);
  }
  const cut = new Set(characters(chars));
  const letters = characters(text);
  const kept = (letter: string): boolean => !cut.has(letter);
  const start = sides === 'right' ? 0 : letters.findIndex(kept);
  const end = sides === 'left' ? letters.length : letters.findLastIndex(kept) + 1;
  return start < 0 ? '' : letters.slice(start, end).join('');
}
