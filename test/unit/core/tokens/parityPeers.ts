/** The JavaScript libraries that could have done it, beside the same answers of Python: docs/parity.md has their column. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Template } from '@huggingface/jinja';
import { Tokenizer } from '@huggingface/tokenizers';
import { type Reference, templateSource } from './templateReference';
import { texts, type ReferenceTokenizer } from './tokenizerParity';

const ROOT = path.resolve(import.meta.dirname, '../../../..');
// SAFETY: the file is ours; its README says what is in it. Here as JSON.parse gives it, the only form that the library takes.
const CONVERSATIONS = JSON.parse(
  readFileSync(path.join(ROOT, 'test/fixtures/templates/conversations.json'), 'utf8'),
) as readonly { readonly messages: unknown; readonly tools: unknown; readonly kwargs: object }[];

/** Of a template's cases: how many @huggingface/jinja renders as Python does, or refuses as Python does. */
export function peerTemplateEqual(
  { special, now }: Reference,
  { name, cases }: Reference['templates'][number],
): number {
  const source = templateSource(name);
  return cases.filter((python) => {
    const { messages, tools, kwargs } = CONVERSATIONS[python.conversation]!;
    const values = { messages, tools, ...special, ...kwargs, add_generation_prompt: python.prompt };
    try {
      const text = at(new Date(now), () => new Template(source).render(values));
      return 'text' in python && python.text === text;
    } catch {
      return 'refused' in python;
    }
  }).length;
}

/** How many texts @huggingface/tokenizers turns into Python's ids; it has no offsets. */
export function peerTokenizerEqual({ name, encodings }: ReferenceTokenizer): number {
  const folder = path.join(ROOT, name === 'yoda' ? 'samples/yoda/base' : `test/fixtures/tokenizers/${name}`);
  const json = (file: string): object =>
    existsSync(path.join(folder, file)) ? (JSON.parse(readFileSync(path.join(folder, file), 'utf8')) as object) : {};
  let tokenizer: Tokenizer;
  try {
    tokenizer = new Tokenizer(json('tokenizer.json'), json('tokenizer_config.json'));
  } catch {
    return 0;
  }
  return texts.filter((text, index) => {
    try {
      const { ids } = tokenizer.encode(text, { add_special_tokens: false });
      return JSON.stringify(ids.map(Number)) === JSON.stringify(encodings[index]?.[0]);
    } catch {
      return false;
    }
  }).length;
}

/** The library's strftime_now asks the clock: it gets the time that Python had. */
function at<T>(now: Date, work: () => T): T {
  const RealDate = globalThis.Date;
  globalThis.Date = class extends RealDate {
    constructor() {
      super(now);
    }
    // SAFETY: nothing in the library makes a date of anything but the present.
  } as DateConstructor;
  try {
    return work();
  } finally {
    globalThis.Date = RealDate;
  }
}
