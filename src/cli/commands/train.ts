import * as path from 'node:path';
import { message } from '../../common/message';
import { STEPS } from '../../protocol/trainer';
import type { Command, Context } from '../context';
import { EXIT } from '../exitCodes';
import { readOptions } from '../options';
import { readOverride } from '../recipe/overrides';
import { type ReadRecipe, readRecipe } from '../recipe/readRecipe';
import { printProblems } from '../recipe/printProblems';
import { runsDirectoryFor } from '../runsDirectory';
import { trainerPython } from '../session/python';
import { report } from '../session/report';
import { type RunResult, runSteps } from '../session/runSteps';
import { settleSecondRun } from '../session/secondRun';
import { viewFor } from '../show/viewFor';
import { readSteps } from '../steps';
import { badUsage, Stopped } from '../stopped';

/** Enough to see what is wrong with the rows; `tunebook check` looks at all of them. */
const TOKEN_ROWS = 2_000;

export const RUN_OPTIONS = {
  set: { type: 'string', multiple: true },
  json: { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  python: { type: 'string' },
  'runs-directory': { type: 'string' },
} as const;

/** tunebook train RECIPE: the whole loop, or --steps of it. */
export const train: Command = async (args, context) => {
  const { values, positionals } = readOptions(
    withBareResume(args),
    { ...RUN_OPTIONS, steps: { type: 'string' }, resume: { type: 'string' }, detach: { type: 'boolean' } },
    { positionals: 1 },
  );
  const [name] = positionals;
  if (name === undefined) throw badUsage(message('Name a recipe: tunebook train recipe.tune.yaml'));
  const steps = values.steps === undefined ? STEPS : readSteps(values.steps);
  const overrides = (values.set ?? []).map(readOverride);
  if (values.resume !== undefined) {
    const from = values.resume === LATEST ? true : path.resolve(context.cwd, values.resume);
    overrides.push({ path: ['train', 'environment', 'resume_from_checkpoint'], value: from });
  }
  const recipe = await readRecipe(name, context.cwd, overrides, { tokenRows: TOKEN_ROWS });
  const result = await runRecipe(recipe, steps, values, context);
  if (values.json === true && result.outcome === null) tellProgram(result, context);
  await report(result, values.json === true, context);
  return result.exitCode;
};

/** Checks, finds the interpreter, runs. A recipe with errors is not run. */
export async function runRecipe(
  { file, text, resolved, problems }: ReadRecipe,
  steps: readonly (typeof STEPS)[number][],
  options: {
    readonly json?: boolean | undefined;
    readonly yes?: boolean | undefined;
    readonly python?: string | undefined;
    readonly 'runs-directory'?: string | undefined;
    readonly detach?: boolean | undefined;
  },
  context: Context,
): Promise<RunResult> {
  const people = options.json === true ? { ...context, terminal: context.terminal.aside } : context;
  printProblems(problems, people.terminal);
  if (resolved === null)
    throw new Stopped(message('The recipe has problems; nothing was run.'), { exitCode: EXIT.failed });
  const yes = options.yes === true;
  const runsDirectory = runsDirectoryFor(path.dirname(file), context.cwd, options['runs-directory']);
  await settleSecondRun({ recipe: resolved, steps }, { runsDirectory, yes }, people);
  const python = await trainerPython({ python: options.python ?? null, yes }, people);
  const view = viewFor(options.json === true, context);
  const detach = options.detach === true;
  return runSteps({ python, recipe: resolved, recipeText: text, runsDirectory, steps, view, detach }, people);
}

/** Of a run that was left to itself. */
function tellProgram({ runDirectory: directory, state }: RunResult, { stdout }: Context): void {
  stdout.write(`${JSON.stringify({ id: path.basename(directory), directory, pid: state.hello?.pid ?? null })}\n`);
}

const LATEST = 'latest';

/** node:util's parser knows no options with an optional value: `--resume` alone means the latest checkpoint. */
function withBareResume(args: readonly string[]): readonly string[] {
  return args.flatMap((arg, index) => {
    if (arg !== '--resume') return [arg];
    const next = args[index + 1];
    const isCheckpoint = next !== undefined && /(?:^|[\\/])checkpoint-\d+[\\/]?$/.test(next);
    return [isCheckpoint ? arg : `--resume=${LATEST}`];
  });
}
