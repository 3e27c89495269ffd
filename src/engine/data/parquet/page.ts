import type { DecodedArray, PageHeader, SchemaTree } from 'hyparquet';
import { assembleLists } from 'hyparquet/src/assemble.js';
import type { readPage } from 'hyparquet/src/column.js';
import { convertWithDictionary } from 'hyparquet/src/convert.js';
import { decompressPage, readDataPage, readDataPageV2 } from 'hyparquet/src/datapage.js';
import { getMaxDefinitionLevel } from 'hyparquet/src/schema.js';

export type Decoder = Parameters<typeof readPage>[2];

/**
 * A data page whose rows are made a few at a time. hyparquet's readPage makes all of them at once: a page of role names, one
 * bit each, has a million rows, which are a million nested arrays.
 */
export class Page {
  readonly #decoder: Decoder;
  readonly #dictionary: DecodedArray | undefined;
  readonly #encoding: Parameters<typeof convertWithDictionary>[2];
  readonly #definition: readonly number[];
  readonly #repetition: readonly number[];
  readonly #values: DecodedArray;
  readonly #maxDefinition: number;
  readonly #levels: number;
  #level = 0;
  #value = 0;

  constructor(bytes: Uint8Array, header: PageHeader, decoder: Decoder, dictionary: DecodedArray | undefined) {
    const encoding = (header.data_page_header ?? header.data_page_header_v2)?.encoding;
    if (encoding === undefined) throw new Error(`a page of type ${header.type}`);
    const page = pageOf(bytes, header, decoder);
    this.#decoder = decoder;
    this.#dictionary = dictionary;
    this.#encoding = encoding;
    this.#definition = page.definitionLevels ?? [];
    this.#repetition = page.repetitionLevels;
    this.#values = page.dataPage;
    this.#maxDefinition = getMaxDefinitionLevel(decoder.schemaPath);
    this.#levels = this.#repetition.length || this.#definition.length || this.#values.length;
  }

  get isDone(): boolean {
    return this.#level >= this.#levels;
  }

  /** Appends the next rows; the first may go on with the last one that is there. */
  assemble(rows: unknown[], count: number, schemaPath: SchemaTree[]): void {
    const start = this.#level;
    const end = this.#endOf(count);
    const definition = this.#definition.slice(start, end);
    const valueEnd = this.#value + (definition.length === 0 ? end - start : this.#present(definition));
    const raw = this.#values.slice(this.#value, valueEnd);
    const values = convertWithDictionary(raw, this.#dictionary, this.#encoding, this.#decoder);
    const made = assembleLists(rows, definition, this.#repetition.slice(start, end), values, schemaPath);
    // those of a column that is never null come as an array of their own
    if (made !== rows) for (const value of made) rows.push(value);
    this.#level = end;
    this.#value = valueEnd;
  }

  /** A row begins where the repetition level is 0. */
  #endOf(count: number): number {
    if (this.#repetition.length === 0) return Math.min(this.#levels, this.#level + count);
    let rows = 0;
    let level = this.#level;
    for (; level < this.#levels; level++) if (this.#repetition[level] === 0 && ++rows > count) break;
    return level;
  }

  #present(definition: readonly number[]): number {
    let present = 0;
    for (const level of definition) if (level === this.#maxDefinition) present++;
    return present;
  }
}

function pageOf(bytes: Uint8Array, header: PageHeader, decoder: Decoder): ReturnType<typeof readDataPage> {
  if (header.data_page_header === undefined) return readDataPageV2(bytes, header, decoder);
  const { codec, compressors } = decoder;
  const plain = decompressPage(bytes, header.uncompressed_page_size, codec, compressors);
  return readDataPage(plain, header.data_page_header, decoder);
}
