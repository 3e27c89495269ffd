/** Letters that have a case, as CPython's _PyUnicode_IsCased. */
const CASED = /[\p{Lowercase}\p{Uppercase}\p{Lt}]/u;

/** One character in title case: ß becomes Ss, ǆ becomes ǅ. */
function titleCharacter(character: string): string {
  const upper = character.toUpperCase();
  const special = TITLE.get(upper);
  if (special !== undefined) return special;
  const [first = '', ...rest] = upper;
  return first + rest.join('').toLowerCase();
}

const TITLE = new Map([
  ['Ǆ', 'ǅ'],
  ['Ǉ', 'ǈ'],
  ['Ǌ', 'ǋ'],
  ['Ǳ', 'ǲ'],
]);

/** str.title: a letter after another letter is lower, every other one is upper. */
export function titled(text: string): string {
  let afterCased = false;
  let at = 0;
  return Array.from(text, (character) => {
    const result = afterCased ? lowerAt(text, at, character) : titleCharacter(character);
    afterCased = CASED.test(character);
    at += character.length;
    return result;
  }).join('');
}

/** Only the sigma asks what stands around it. */
function lowerAt(text: string, at: number, character: string): string {
  if (character !== 'Σ') return character.toLowerCase();
  return text.toLowerCase().charAt(text.slice(0, at).toLowerCase().length);
}

/** str.capitalize */
export function capitalize(text: string): string {
  const [first = ''] = text;
  return titleCharacter(first) + text.toLowerCase().slice(first.toLowerCase().length);
}

/** str.islower */
export function isLower(text: string): boolean {
  return /\p{Lowercase}/u.test(text) && !/[\p{Uppercase}\p{Lt}]/u.test(text);
}

/** str.isupper */
export function isUpper(text: string): boolean {
  return /\p{Uppercase}/u.test(text) && !/[\p{Lowercase}\p{Lt}]/u.test(text);
}
