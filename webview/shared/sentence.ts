import type { Message } from '../../src/common/message';
import type { Words } from './words';

/** A sentence of pure code in the view's language. */
export function sentence({ text, args }: Message, { t }: Words): string {
  return t(text, ...args.map(String));
}
