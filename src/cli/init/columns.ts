import { stat } from 'node:fs/promises';
import { message } from '../../common/message';
import { detectColumns } from '../../core/data/detect';
import type { Row } from '../../core/data/rows';
import type { NewRecipeColumns } from '../../core/recipe/template';
import { firstRows } from '../../engine/data/firstRows';
import { badUsage } from '../stopped';

/** Enough to see which columns there are. */
const ROWS = 20;

/** Which column the user says and which the model answers: as given, else as the rows show it. null: they are `messages`. */
export async function columnsFor(
  file: string,
  prompt: string | undefined,
  completion: string | undefined,
): Promise<NewRecipeColumns | null> {
  if (prompt !== undefined && completion !== undefined) return { prompt, completion };
  if (prompt !== undefined || completion !== undefined)
    throw badUsage(message('Give both --prompt and --completion: the names of two columns.'));
  const rows = (await isFile(file)) ? await firstRows(file, ROWS) : [];
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

/** Not for a dataset of the Hub, nor for a folder of files. */
function isFile(file: string): Promise<boolean> {
  return stat(file).then(
    (found) => found.isFile(),
    () => false,
  );
}
