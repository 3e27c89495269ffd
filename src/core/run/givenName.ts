import { type Message, message } from '../../common/message';

const MOST_CHARACTERS = 120;

/** What is wrong with a name that a person gives a run; null where it will do. Empty: the run's own name comes back. */
export function givenNameProblem(name: string): Message | null {
  if (/[\p{Cc}\u2028\u2029]/u.test(name))
    return message('A name is one line, without tabs and other control characters.');
  const length = [...name.trim()].length;
  return length > MOST_CHARACTERS
    ? message('A name has {0} characters at most; this one has {1}.', MOST_CHARACTERS, length)
    : null;
}

/** As it is shown of a file that any program may have written: the first line that says something, cut to what a list can show. */
export function givenName(text: string): string | null {
  const line = text
    .split(/[\r\n\u2028\u2029]/)
    .map((part) => part.replaceAll(/\p{Cc}/gu, ' ').trim())
    .find((part) => part !== '');
  return line === undefined ? null : [...line].slice(0, MOST_CHARACTERS).join('');
}
