import { RequestError } from '../../src/protocol/channel';
import { sentence } from './sentence';
import type { Words } from './words';

/** Why the extension couldn't do what it was asked for, in words; null where it could. */
export async function refusalOf(answer: Promise<unknown>, words: Words): Promise<string | null> {
  try {
    const done = await answer;
    return done === false ? words.t('The recipe’s text doesn’t allow this change. Edit it by hand.') : null;
  } catch (error) {
    return error instanceof RequestError ? sentence(error.words, words) : String(error);
  }
}
