import type { ColumnMetaData, Compressors, DecodedArray, PageHeader, SchemaTree } from 'hyparquet';
import { parquetHeader, readPage } from 'hyparquet/src/column.js';
import { convert } from 'hyparquet/src/convert.js';
import { getTreePath, isFlatColumn } from 'hyparquet/src/schema.js';
import type { FileSlices } from './fileSlices';
import { decimalOf, parsersFor } from './values';

type Decoder = Parameters<typeof readPage>[2];

const HEADER_BYTES = 4096;
/** Statistics in a page's header may hold whole values, so a header can be large; beyond this the file is damaged. */
const MAX_HEADER_BYTES = 16 * 1024 * 1024;

/**
 * The values of one leaf column of a row group, page by page. hyparquet's own readers decode a column chunk as a whole
 * (rowgroup.js, readRowGroup): a row group of a million conversations would be in memory at once.
 */
export class LeafColumn {
  readonly path: string;
  readonly name: string;
  readonly #file: FileSlices;
  readonly #decoder: Decoder;
  readonly #isFlat: boolean;
  readonly #decimalScale: number | null;
  readonly #start: number;
  readonly #end: number;
  #position: number;
  #dictionary: DecodedArray | undefined;
  /** Decoded rows that nobody took yet. The last one of a nested column may go on in the next page. */
  #rows: unknown[] = [];

  constructor(file: FileSlices, meta: ColumnMetaData, schema: SchemaTree, compressors: Compressors) {
    const schemaPath = getTreePath(schema, meta.path_in_schema);
    const element = schemaPath.at(-1)?.element ?? schema.element;
    this.path = meta.path_in_schema.join('.');
    this.name = meta.path_in_schema[0] ?? '';
    this.#file = file;
    this.#isFlat = isFlatColumn(schemaPath);
    const isDecimal = element.converted_type === 'DECIMAL' || element.logical_type?.type === 'DECIMAL';
    this.#decimalScale = isDecimal ? (element.scale ?? 0) : null;
    const { converted_type: _converted, logical_type: _logical, ...bare } = element;
    this.#decoder = {
      pathInSchema: meta.path_in_schema,
      type: meta.type,
      // hyparquet makes decimals floating-point numbers (convert.js): it gets to see integers and bytes alone
      element: isDecimal ? bare : element,
      schemaPath,
      codec: meta.codec,
      parsers: parsersFor(element),
      compressors,
      utf8: false,
    };
    // a writer may leave dictionary_page_offset out (hyparquet plan.js)
    this.#start = Number(meta.dictionary_page_offset || meta.data_page_offset);
    this.#position = this.#start;
    this.#end = this.#start + Number(meta.total_compressed_size);
  }

  get bytesRead(): number {
    return this.#position - this.#start;
  }

  /** Decodes pages until a row is whole or the column ends; the number of whole rows. */
  async ready(): Promise<number> {
    while (this.#position < this.#end && this.#whole() === 0) await this.#readPage();
    return this.#whole();
  }

  take(count: number): unknown[] {
    const rows = this.#rows.splice(0, count);
    const scale = this.#decimalScale;
    return scale === null ? rows : rows.map((value) => decimalOf(value, scale));
  }

  #whole(): number {
    return this.#isFlat || this.#position >= this.#end ? this.#rows.length : Math.max(0, this.#rows.length - 1);
  }

  async #readPage(): Promise<void> {
    const { header, bytes } = await this.#header();
    const start = this.#position + bytes;
    const end = start + header.compressed_page_size;
    if (!(header.compressed_page_size >= 0 && end <= this.#file.byteLength))
      throw new RangeError('a page goes beyond the end of the file');
    const reader = { view: new DataView(await this.#file.slice(start, end)), offset: 0 };
    this.#position = end;
    if (header.type === 'DICTIONARY_PAGE') {
      const { data } = readPage(reader, header, this.#decoder, undefined, undefined, 0);
      this.#dictionary = data && convert(data, this.#decoder);
      return;
    }
    const { data } = readPage(reader, header, this.#decoder, this.#dictionary, this.#rows, 0);
    // pages of a column that is never null come as an array of their own
    if (data !== undefined && data !== this.#rows) for (const value of data) this.#rows.push(value);
  }

  async #header(): Promise<{ readonly header: PageHeader; readonly bytes: number }> {
    for (let size = HEADER_BYTES; ; size *= 8) {
      const reader = { view: new DataView(await this.#file.slice(this.#position, this.#position + size)), offset: 0 };
      try {
        return { header: parquetHeader(reader), bytes: reader.offset };
      } catch (error) {
        if (size > MAX_HEADER_BYTES || this.#position + size > this.#end) throw error;
      }
    }
  }
}
