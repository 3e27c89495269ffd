import { assertNever } from '../../common/assertNever';
import type { Disposable } from '../../common/disposable';
import { message } from '../../common/message';
import { initialRun, reduceRun, type RunState, untoldFailure } from '../../core/run/session';
import type { RunOutcome, TrainerSession } from '../../engine/engine';
import { PythonEngine } from '../../engine/python/pythonEngine';
import { signalGroup } from '../../engine/python/trainerProcess';
import type { ResolvedRecipe, StepName, TrainerEvent } from '../../protocol/trainer';
import type { Context } from '../context';
import { EXIT } from '../exitCodes';
import type { RunView } from '../show/view';
import { predict } from './predict';

export interface RunRequest {
  readonly python: string;
  readonly recipe: ResolvedRecipe;
  readonly recipeText: string;
  readonly runsDirectory: string;
  readonly steps: readonly StepName[];
  readonly view: RunView;
}

export interface RunResult {
  readonly outcome: RunOutcome;
  readonly state: RunState;
  readonly runDirectory: string;
  readonly exitCode: number;
}

/** Starts a trainer, runs the steps, ends it. Ctrl-C stops it with a checkpoint; the second one kills it. */
export async function runSteps(request: RunRequest, context: Context): Promise<RunResult> {
  const { python, recipe, recipeText, runsDirectory, steps, view } = request;
  const engine = new PythonEngine({ python, trainerSource: context.installation.trainerSource });
  const session = await engine.start({ recipe, recipeText, runsDirectory });
  let state = initialRun;
  const take = (event: TrainerEvent): void => {
    state = reduceRun(state, event);
    view.event(event);
  };
  session.onEvent(take);
  session.onLog((line) => view.log(line));
  const interrupt = stopOnInterrupt(session, context);
  try {
    const outcome = await session.run(steps, { recipe, recipeText, predicted: await predict(recipe, context.env) });
    const untold = outcome.kind === 'failed' ? untoldFailure(state, outcome, steps) : null;
    if (untold !== null) take(untold);
    await session.shutdown();
    return { outcome, state, runDirectory: session.runDirectory, exitCode: exitCodeOf(outcome) };
  } finally {
    view.end();
    interrupt.dispose();
  }
}

function stopOnInterrupt(session: TrainerSession, context: Context): Disposable {
  let asked = false;
  return context.onInterrupt(() => {
    if (asked) {
      signalGroup(session.pid, 'SIGKILL');
      return;
    }
    asked = true;
    context.terminal.problem(
      context.terminal.text(message('Stopping; a checkpoint is saved. Press Ctrl-C again to end at once.')),
    );
    void session.stop();
  });
}

function exitCodeOf({ kind }: RunOutcome): number {
  switch (kind) {
    case 'done':
      return EXIT.done;
    case 'stopped':
      return EXIT.interrupted;
    case 'failed':
      // also where stopping failed: a checkpoint that could not be written must not look like a saved one
      return EXIT.failed;
    default:
      return assertNever(kind);
  }
}
