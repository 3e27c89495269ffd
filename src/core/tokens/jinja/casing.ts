/** Letters that have a case, as CPython's _PyUnicode_IsCased. */
const CASED = /[\p{Lowercase}\p{Uppercase}\p{Lt}]/u;

export function isCased(text: string): boolean {
  return CASED.test(text);
}

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
  return Array.from(text, (character) => {
    const result = afterCased ? character.toLowerCase() : titleCharacter(character);
    afterCased = CASED.test(character);
    return result;
  }).join('');
}

/** str.capitalize */
export function capitalize(text: string): string {
  const [first = ''] = text;
  return titleCharacter(first) + text.toLowerCase().slice(first.toLowerCase().length);
}

export function swapcase(text: string): string {
  return Array.from(text, (character) => {
    const lower = character.toLowerCase();
    return lower === character ? character.toUpperCase() : lower;
  }).join('');
}
