import { open } from 'node:fs/promises';
import * as path from 'node:path';
import { message } from '../../common/message';
import { detectColumns } from '../../core/data/detect';
import { firstRows, type Row } from '../../core/data/rows';
import type { NewRecipeColumns } from '../../core/recipe/template';
import { badUsage } from '../stopped';

/** Enough for the first rows, whatever they hold. */
const HEAD_BYTES = 1024 * 1024;

/** Which column the user says and which the model answers: as given, else as the rows show it. null: they are `messages`. */
export async function columnsFor(
  file: string,
  prompt: string | undefined,
  completion: string | undefined,
): Promise<NewRecipeColumns | null> {
  if (prompt !== undefined && completion !== undefined) return { prompt, completion };
  if (prompt !== undefined || completion !== undefined)
    throw badUsage(message('Give both --prompt and --completion: the names of two columns.'));
  const rows = firstRows(await head(file), path.extname(file).toLowerCase());
  const found = detectColumns(rows);
  if (found !== null) return 'messages' in found && found.messages === 'messages' ? null : found;
  throw badUsage(
    message('Which columns are the prompt and the completion is not clear.'),
    message('Name them with --prompt and --completion. Columns: {0}', names(rows) || '–'),
  );
}

function names(rows: readonly Row[]): string {
  return [...new Set(rows.flatMap((row) => Object.keys(row)))].join(', ');
}

/** Empty for a dataset of the Hub. */
async function head(file: string): Promise<string> {
  const handle = await open(file).catch(() => null);
  if (handle === null) return '';
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return new TextDecoder().decode(buffer.subarray(0, bytesRead));
  } catch {
    return '';
  } finally {
    await handle.close();
  }
}
