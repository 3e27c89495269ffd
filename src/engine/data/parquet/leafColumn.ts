import type { ColumnMetaData, Compressors, DecodedArray, PageHeader, SchemaTree } from 'hyparquet';
import { parquetHeader, readPage } from 'hyparquet/src/column.js';
import { convert } from 'hyparquet/src/convert.js';
import { getTreePath, isFlatColumn } from 'hyparquet/src/schema.js';
import type { FileSlices } from './fileSlices';
import { type Decoder, Page } from './page';
import { decimalOf, parsersFor } from './values';

const ROWS = 250;
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
  #page: Page | null = null;
  /** Rows that nobody took yet. The last one of a nested column may go on in the next page. */
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

  /** Decodes until a row is whole or the column ends; the number of whole rows. */
  async ready(): Promise<number> {
    while (this.#whole() === 0) {
      if (this.#page?.isDone === false) this.#page.assemble(this.#rows, ROWS, this.#decoder.schemaPath);
      else if (this.#position < this.#end) await this.#readPage();
      else break;
    }
    return this.#whole();
  }

  take(count: number): unknown[] {
    const rows = this.#rows.splice(0, count);
    const scale = this.#decimalScale;
    return scale === null ? rows : rows.map((value) => decimalOf(value, scale));
  }

  #whole(): number {
    const mayGoOn = !this.#isFlat && this.#page?.isDone !== false && this.#position < this.#end;
    return mayGoOn ? Math.max(0, this.#rows.length - 1) : this.#rows.length;
  }

  async #readPage(): Promise<void> {
    const { header, bytes } = await this.#header();
    const start = this.#position + bytes;
    const end = start + header.compressed_page_size;
    if (!(header.compressed_page_size >= 0 && end <= this.#file.byteLength))
      throw new RangeError('a page goes beyond the end of the file');
    const buffer = await this.#file.slice(start, end);
    this.#position = end;
    if (header.type !== 'DICTIONARY_PAGE') {
      this.#page = new Page(new Uint8Array(buffer), header, this.#decoder, this.#dictionary);
      return;
    }
    const reader = { view: new DataView(buffer), offset: 0 };
    const { data } = readPage(reader, header, this.#decoder, undefined, undefined, 0);
    this.#dictionary = data && convert(data, this.#decoder);
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
