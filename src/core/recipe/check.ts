import { message } from '../../common/message';
import type { CheckFacts } from './checks/checked';
import { dataChecks } from './checks/dataChecks';
import { generateChecks } from './checks/generateChecks';
import { loraChecks } from './checks/loraChecks';
import { modelChecks } from './checks/modelChecks';
import { trainChecks } from './checks/trainChecks';
import type { Recipe } from './parse';
import type { RecipeProblem } from './problem';
import { configFile, isLocalData, isTemplateFile, looksLocal } from './recipePaths';
import { byPlace, type Finding, problemOf } from './report';
import { fullRecipe } from './resolve';

export type { CheckFacts, Machine } from './checks/checked';

/** Whether files exist; paths are those of the recipe, relative ones start in its folder. */
export interface RecipeFiles {
  exists(path: string): Promise<boolean>;
}

const CHECKS = [modelChecks, loraChecks, dataChecks, trainChecks, generateChecks];

/** What the values of a recipe mean together: to be asked before a run. Sorted by place. */
export function checkRecipe(recipe: Recipe, facts: CheckFacts = {}): readonly RecipeProblem[] {
  const checked = { recipe, full: fullRecipe(recipe), facts };
  return placed(
    recipe,
    CHECKS.flatMap((check) => Array.from(check(checked))),
  );
}

/** The files that the recipe names and that don't exist. */
export async function checkFiles(recipe: Recipe, files: RecipeFiles): Promise<readonly RecipeProblem[]> {
  const findings: Finding[] = [];
  for (const { at, path } of namedFiles(recipe)) {
    if (await files.exists(path)) continue;
    findings.push({
      kind: 'missingFile',
      path: at,
      message: message('{0} does not exist.', path),
      remedy: message('Correct the path. Relative paths start in the folder of the recipe.'),
    });
  }
  const { model } = fullRecipe(recipe);
  const folder = model.model_name_or_path;
  if (looksLocal(folder) && (await files.exists(folder)) && !(await files.exists(configFile(folder))))
    findings.push({
      kind: 'missingFile',
      path: ['model', 'model_name_or_path'],
      message: message('{0} has no config.json: it is not the folder of a model.', folder),
      remedy: message('Name the folder that holds config.json and the .safetensors files.'),
    });
  return placed(recipe, findings);
}

function namedFiles(recipe: Recipe): readonly { readonly at: readonly string[]; readonly path: string }[] {
  const { model, data, tokenizer, train } = fullRecipe(recipe);
  const { resume_from_checkpoint: checkpoint } = train.environment;
  const template = tokenizer.chat_template;
  const named: [string, string | null, boolean][] = [
    ['model.model_name_or_path', model.model_name_or_path, looksLocal(model.model_name_or_path)],
    ['data.path', data.path, isLocalData(data.path)],
    [
      'tokenizer.tokenizer_name_or_path',
      tokenizer.tokenizer_name_or_path,
      looksLocal(tokenizer.tokenizer_name_or_path ?? ''),
    ],
    ['tokenizer.chat_template', template, isTemplateFile(template ?? '')],
    ['train.environment.resume_from_checkpoint', typeof checkpoint === 'string' ? checkpoint : null, true],
  ];
  return named.flatMap(([at, path, local]) => (path === null || !local ? [] : [{ at: at.split('.'), path }]));
}

function placed(recipe: Recipe, findings: readonly Finding[]): readonly RecipeProblem[] {
  return byPlace(findings.map((finding) => problemOf(recipe.source, recipe.file, finding)));
}
