import { formOfLines, HEAD_ROWS, type RecipeColumns, UNNAMED } from '../../core/data/problems/form';
import type { Asked } from '../../protocol/channel';
import type { SweepCalls } from '../../protocol/sweep';
import type { ResolvedRecipe } from '../../protocol/trainer';
import { byteChunks } from './byteChunks';
import { type DatasetFile, datasetFile } from './datasetFile';
import { columnsOf } from './sweepColumns';
import { drive, type Swept } from './sweepDrive';
import { SweepExaminer } from './sweepExaminer';
import { rowTokensOf } from './sweepTokens';
import { sweepLines, type SweptLine } from './sweepLines';

type Sweep = SweepCalls['sweepDataset'];

/** Lines that are so long wait no further for others to tell what the file is. */
const HEAD_CHARACTERS = 8 * 1024 * 1024;

/** Looks at a dataset file from its first row to its last; see SweepCalls. Rejects with ReadError. */
export async function sweepDataset(
  { path, recipe, limit, asked: byPerson }: Sweep['params'],
  asked: Asked<Sweep['progress']>,
): Promise<Sweep['result']> {
  const file = await datasetFile(path);
  const columns = recipe === null ? (byPerson ? UNNAMED : null) : columnsOf(recipe);
  if (file.format === 'jsonl') return drive(sweptLines(file, columns, recipe, asked.signal), limit, asked);
  const { sweptRows } = await import('./sweepRows');
  return drive(sweptRows(path, columns ?? UNNAMED, recipe, asked.signal), limit, asked);
}

function sweptLines(
  file: DatasetFile,
  columns: RecipeColumns | null,
  recipe: ResolvedRecipe | null,
  signal: AbortSignal,
): Swept<SweptLine> {
  return {
    batches: sweepLines(byteChunks(file, { signal })),
    isEnough: (head) =>
      head.filter(({ text }) => text?.trim() !== '').length >= HEAD_ROWS ||
      head.reduce((total, { text }) => total + (text?.length ?? 0), 0) > HEAD_CHARACTERS,
    begin: async (head) => {
      const form = formOfLines(
        head.flatMap(({ text }) => text ?? []),
        columns,
      );
      if (form === null && columns === null) return null;
      return new SweepExaminer(form, await rowTokensOf(recipe, form, signal));
    },
  };
}
