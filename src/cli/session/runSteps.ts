import { deferred } from '../../common/deferred';
import type { Disposable } from '../../common/disposable';
import { message } from '../../common/message';
import { initialRun, reduceRun, type RunState, untoldFailure } from '../../core/run/session';
import type { RunOutcome, TrainerSession } from '../../engine/engine';
import { PythonEngine } from '../../engine/python/pythonEngine';
import type { ResolvedRecipe, StepName, TrainerEvent } from '../../protocol/trainer';
import type { Context } from '../context';
import { EXIT } from '../exitCodes';
import type { RunView } from '../show/view';
import { Stopped } from '../stopped';
import { exitCodeOf } from './exitCode';
import { predict } from './predict';

export interface RunRequest {
  readonly python: string;
  readonly recipe: ResolvedRecipe;
  readonly recipeText: string;
  readonly runsDirectory: string;
  readonly steps: readonly StepName[];
  readonly view: RunView;
  /** Return as soon as the trainer is at work, and leave it to itself. */
  readonly detach: boolean;
}

export interface RunResult {
  /** Null of a run that was left to itself. */
  readonly outcome: RunOutcome | null;
  readonly state: RunState;
  readonly runDirectory: string;
  readonly exitCode: number;
}

/**
 * Starts a trainer, runs the steps, ends it. Ctrl-C stops it with a checkpoint; the second one kills it. A terminal that is
 * closed leaves the run at work.
 */
export async function runSteps(request: RunRequest, context: Context): Promise<RunResult> {
  const { python, recipe, recipeText, runsDirectory, steps, view } = request;
  const engine = new PythonEngine({ python, trainerSource: context.installation.trainerSource });
  const session = await engine.start({ recipe, recipeText, runsDirectory });
  const { runDirectory } = session;
  context.terminal.line(context.terminal.dim(context.terminal.text(message('Run: {0}', runDirectory))));
  let state = initialRun;
  const left = deferred<'hungUp' | 'detached'>();
  const take = (event: TrainerEvent): void => {
    state = reduceRun(state, event);
    if (request.detach && event.type === 'runStarted') left.resolve('detached');
    if (!request.detach || event.type === 'stepFailed') view.event(event);
  };
  session.onEvent(take);
  session.onLog((line) => view.log(line));
  const listening = [context.onHangup(() => left.resolve('hungUp')), stopOnInterrupt(session, context)];
  try {
    const running = session.run(steps, { recipe, recipeText, predicted: await predict(recipe, context.env) });
    const outcome = await Promise.race([running, left.promise]);
    if (typeof outcome === 'string') {
      session.dispose();
      if (outcome === 'detached') return { outcome: null, state, runDirectory, exitCode: EXIT.done };
      // Nobody may be there to read it, unless the output goes to a file.
      throw new Stopped(message('The terminal has gone; the run goes on in {0}', runDirectory), {
        exitCode: EXIT.hungUp,
      });
    }
    const untold = outcome.kind === 'failed' ? untoldFailure(state, outcome, steps) : null;
    if (untold !== null) take(untold);
    await session.shutdown();
    return { outcome, state, runDirectory, exitCode: exitCodeOf(outcome) };
  } finally {
    view.end();
    for (const each of listening) each.dispose();
  }
}

function stopOnInterrupt(session: TrainerSession, context: Context): Disposable {
  let asked = false;
  return context.onInterrupt(() => {
    if (asked) {
      void session.kill();
      return;
    }
    asked = true;
    context.terminal.problem(
      context.terminal.text(message('Stopping; a checkpoint is saved. Press Ctrl-C again to end at once.')),
    );
    void session.stop();
  });
}
