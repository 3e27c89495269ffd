import type { Conversation } from '../data/recipeRows';
import type { Labelling } from './labels';

/**
 * Where each message ends in the rendered text: UTF-16 offsets, exclusive. A template says nothing of it, so the beginning of
 * the conversation is rendered alone, one message more each time: as far as that text is the beginning of the whole one, it
 * is these messages'. Templates that write a last message otherwise than an earlier one differ sooner; then what the messages
 * say is looked for.
 */
export function messageEnds(
  { messages, tools }: Conversation,
  text: string,
  { template, special }: Pick<Labelling, 'template' | 'special'>,
): number[] {
  const ends: number[] = [];
  let end = 0;
  for (const [index, { content }] of messages.entries()) {
    const alone = template.render({ messages: messages.slice(0, index + 1), tools, special });
    end = Math.max(endOfWords(text, content, end), alone.ok ? commonLength(alone.value.text, text) : 0);
    ends.push(end);
  }
  // What stands behind the last message, such as an end of text, is written because of it.
  return [...ends.slice(0, -1), text.length];
}

/** Where what a message says ends, looked for from the end of the one before. */
function endOfWords(text: string, content: unknown, from: number): number {
  const words = typeof content === 'string' ? content.trim() : '';
  const at = words === '' ? -1 : text.indexOf(words, from);
  return at < 0 ? from : at + words.length;
}

function commonLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a.codePointAt(length) === b.codePointAt(length)) length++;
  return length;
}
