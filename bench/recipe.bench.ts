// What happens at every keystroke in a recipe.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bench, describe } from 'vitest';
import { joinRecipe, splitRecipe } from '../src/core/recipe/cells';
import { checkRecipe } from '../src/core/recipe/check';
import { parseRecipe } from '../src/core/recipe/parse';

const file = path.resolve(import.meta.dirname, '../samples/phi3-yoda/phi3-yoda.tune.yaml');
const text = readFileSync(file, 'utf8');

describe('the recipe of the chapter', () => {
  bench('parsed and checked', () => {
    const parsed = parseRecipe(text, { file });
    if (!parsed.ok) throw new Error('The sample can’t be read.');
    checkRecipe(parsed.value);
  });
  bench('split into cells and joined', () => {
    const split = splitRecipe(text, { file });
    if (!split.ok) throw new Error('The sample can’t be split.');
    if (joinRecipe(split.value.cells, split.value.trivia) !== text) throw new Error('The bytes are not the same.');
  });
});
