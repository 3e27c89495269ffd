import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { message } from '../../common/message';
import { isTemplateFile } from '../../core/recipe/recipePaths';
import { type FullRecipe, recipeSchema } from '../../core/recipe/schema/recipe';
import type { RowSource } from '../../core/tokens/exampleRows';
import type { Looked } from '../../core/tokens/tokenLook';
import { TokensError } from '../../core/tokens/tokensError';
import type { ResolvedRecipe } from '../../protocol/trainer';
import { formatByName } from '../data/datasetFile';
import { ReadError } from '../data/readError';
import { readRows } from '../data/readRows';
import { type ModelFolders, modelFolders } from './modelFolder';
import { modelVocabSize, readTokenizer } from './readTokenizer';
import { kindOf, localPlace, placeOf } from './recipePlaces';

/** The files of a recipe, ready to be looked at. */
export interface OpenLook {
  readonly looked: Looked;
  readonly folders: ModelFolders;
  readonly datasetFile: string;
  /** Null where the recipe has no template of its own, or has it in its text. */
  readonly recipeTemplateFile: string | null;
}

/** Throws TokensError. */
export async function openLook(
  recipe: ResolvedRecipe,
  most: number | null,
  { signal, env }: { readonly signal: AbortSignal; readonly env: NodeJS.ProcessEnv },
): Promise<OpenLook> {
  const full = recipeSchema.parse(recipe.sections);
  const folders = await modelFolders(recipe, full, env);
  const datasetFile = await datasetOf(recipe, full);
  const template = await recipeTemplate(recipe, full);
  return {
    folders,
    datasetFile,
    recipeTemplateFile: template.file,
    looked: {
      recipe: full,
      source: rowsIn(datasetFile, signal),
      tokenizer: await readTokenizer(folders),
      modelVocabSize: await modelVocabSize(folders),
      recipeTemplate: template.text,
      most,
    },
  };
}

function rowsIn(file: string, signal: AbortSignal): RowSource {
  return async function* rows() {
    try {
      yield* readRows(file, { signal });
    } catch (error) {
      if (!(error instanceof ReadError)) throw error;
      throw TokensError.of('datasetUnreadable', {
        recipePath: ['data', 'path'],
        message: error.problem.reason,
        remedy: message('Mend the file or name another one.'),
        line: error.problem.line,
      });
    }
  };
}

/** trainer/src/tunebook_trainer/steps/data.py, _load: what is no file is loaded by `datasets`, which only Python has. */
async function datasetOf(recipe: ResolvedRecipe, { data }: FullRecipe): Promise<string> {
  const recipePath = ['data', 'path'];
  const local = (await localPlace(recipe, data.path)) ?? (isRowsFile(data.path) ? placeOf(recipe, data.path) : null);
  const kind = local === null ? null : await kindOf(local);
  if (local === null || kind === 'folder') {
    throw TokensError.of('datasetUnreadable', {
      severity: 'warning',
      recipePath,
      message: message(
        '{0} is a dataset of the Hub or a folder: the trainer loads it, Tunebook can’t show its tokens.',
        data.path,
      ),
      remedy: message('Ask the trainer, or save the rows as a file.'),
    });
  }
  if (kind === null) {
    throw TokensError.of('datasetUnreadable', {
      recipePath,
      message: message('{0} does not exist.', local),
      remedy: message('Paths start in the recipe’s folder.'),
    });
  }
  if (isRowsFile(local)) return local;
  throw TokensError.of('datasetUnreadable', {
    recipePath,
    message: message(
      '{0}: the trainer reads rows from .jsonl, .json, .csv, .tsv and .parquet files.',
      path.basename(local),
    ),
    remedy: message('Format it as chat: that writes a .jsonl file.'),
  });
}

/** SUFFIXES of trainer/src/tunebook_trainer/data_files.py: none of them compressed. */
function isRowsFile(file: string): boolean {
  return formatByName(file) !== null && !/\.gz$/i.test(file);
}

/** trainer/src/tunebook_trainer/steps/tokenizer.py, _set_template */
async function recipeTemplate(
  recipe: ResolvedRecipe,
  { tokenizer }: FullRecipe,
): Promise<{ readonly text: string | null; readonly file: string | null }> {
  const wanted = tokenizer.chat_template;
  if (wanted === null || !isTemplateFile(wanted)) return { text: wanted, file: null };
  const file = placeOf(recipe, wanted);
  try {
    const text = await readFile(file, 'utf8');
    // utf-8-sig and Python's universal newlines: a template saved on Windows would put \r into every message.
    return { text: text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n'), file };
  } catch (error) {
    throw TokensError.of('templateFails', {
      recipePath: ['tokenizer', 'chat_template'],
      message: message('{0} can’t be read: {1}', file, error instanceof Error ? error.message : String(error)),
      remedy: message('Paths start in the recipe’s folder.'),
    });
  }
}
