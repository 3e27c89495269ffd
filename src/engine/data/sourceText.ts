import type { SourceRow } from '../../core/data/sourceRow';

/** A row as its file has it, as far as that is text; as JSON where the file is none. */
export function sourceText({ text, value }: SourceRow): string {
  return text ?? JSON.stringify(value, (_, part: unknown) => readable(part));
}

/** What a person looks at, not what is written into a dataset. */
function readable(part: unknown): unknown {
  if (typeof part === 'bigint') return String(part);
  return part instanceof Uint8Array ? Buffer.from(part).toString('base64') : part;
}
