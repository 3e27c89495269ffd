import * as path from 'node:path';
import { message } from '../../common/message';
import type { FullRecipe } from '../../core/recipe/schema/recipe';
import { TokensError } from '../../core/tokens/tokensError';
import type { ResolvedRecipe } from '../../protocol/trainer';
import { cachedModel } from './hubCache';
import { kindOf, localPlace } from './recipePlaces';

/** Folders on this machine that the recipe's tokenizer and model are read from. */
export interface ModelFolders {
  readonly tokenizer: string;
  /** What the trainer gives from_pretrained: the folder, or the name on the Hub. */
  readonly tokenizerName: string;
  /** Null where the model isn't here: then nobody knows its vocabulary. */
  readonly model: string | null;
  /** The key that names the tokenizer. */
  readonly recipePath: readonly string[];
}

/** trainer/src/tunebook_trainer/steps/tokenizer.py, _load. Throws TokensError. */
export async function modelFolders(
  recipe: ResolvedRecipe,
  { model, tokenizer }: Pick<FullRecipe, 'model' | 'tokenizer'>,
  env: NodeJS.ProcessEnv,
): Promise<ModelFolders> {
  const modelFolder = await folderOf(recipe, model.model_name_or_path, model.revision ?? 'main', env);
  const own = tokenizer.tokenizer_name_or_path;
  const recipePath = own === null ? ['model', 'model_name_or_path'] : ['tokenizer', 'tokenizer_name_or_path'];
  const name = own ?? model.model_name_or_path;
  const folder = own === null ? modelFolder : await folderOf(recipe, own, 'main', env);
  if (folder === null) throw notHere(name, recipePath);
  if ((await kindOf(path.join(folder, 'tokenizer.json'))) !== 'file') throw noTokenizer(folder, recipePath);
  return {
    tokenizer: folder,
    tokenizerName: (await localPlace(recipe, name)) ?? name,
    model: modelFolder,
    recipePath,
  };
}

async function folderOf(
  recipe: ResolvedRecipe,
  name: string,
  revision: string,
  env: NodeJS.ProcessEnv,
): Promise<string | null> {
  return (await localPlace(recipe, name)) ?? cachedModel(name, revision, env);
}

function notHere(name: string, recipePath: readonly string[]): TokensError {
  return TokensError.of('tokenizerUnreadable', {
    severity: 'warning',
    recipePath,
    message: message('{0} has not been downloaded to this machine yet.', name),
    remedy: message('Run the model cell once: it downloads model and tokenizer. Then tokens can be shown.'),
  });
}

function noTokenizer(folder: string, recipePath: readonly string[]): TokensError {
  return TokensError.of('tokenizerUnreadable', {
    severity: 'warning',
    recipePath,
    message: message('{0} has no tokenizer.json.', folder),
    remedy: message('Tunebook reads fast tokenizers alone: ask the trainer, which knows others too.'),
  });
}
