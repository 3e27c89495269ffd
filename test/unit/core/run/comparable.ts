import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseRecipe } from '../../../../src/core/recipe/parse';
import { resolveRecipe } from '../../../../src/core/recipe/resolve';
import type { ComparableRun } from '../../../../src/core/run/compareRuns';
import { parseEventLog } from '../../../../src/core/run/eventLog';
import { foldRun, initialRun, type RunState } from '../../../../src/core/run/session';
import type { ResolvedRecipe, TrainerEvent } from '../../../../src/protocol/trainer';

const folder = path.resolve(import.meta.dirname, '../../../transcripts');

export function transcript(name: string): readonly TrainerEvent[] {
  return parseEventLog(readFileSync(path.join(folder, name), 'utf8')).events;
}

export const stateOf = (name: string): RunState => foldRun(transcript(name));

/** config.json as a host writes it for this text. */
export function configOf(text: string, recipeFile = '/home/luke/yoda/yoda.tune.yaml'): ResolvedRecipe {
  const parsed = parseRecipe(text, { file: recipeFile });
  if (!parsed.ok) throw new Error(parsed.error.map(({ message }) => message.text).join('\n'));
  return resolveRecipe(parsed.value, recipeFile);
}

export function comparable(name: string, given: Partial<ComparableRun> = {}): ComparableRun {
  return {
    facts: { directory: `/runs/${name}`, name, status: 'done' },
    state: initialRun,
    recipeText: null,
    config: null,
    environment: null,
    ...given,
  };
}
