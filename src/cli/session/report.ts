import { message } from '../../common/message';
import type { RunState } from '../../core/run/session';
import { stepOutput } from '../../core/run/stepOutput';
import type { Failure } from '../../protocol/trainer';
import type { Context } from '../context';
import { EXIT } from '../exitCodes';
import { printComparison } from '../show/comparison';
import { printAdvice, printFailure } from '../show/failure';
import { leversOf } from './levers';
import { tellHints } from './runHints';
import type { RunResult } from './runSteps';

/** What became of a run, for people. */
export async function report(
  { outcome, state, runDirectory, exitCode }: RunResult,
  json: boolean,
  context: Context,
): Promise<void> {
  const terminal = json ? context.terminal.aside : context.terminal;
  if (outcome === null) return tellHints(runDirectory, { ...context, terminal });
  if (!json) printComparison(stepOutput(state, 'generate', terminal.words).rows, terminal);
  if (exitCode === EXIT.interrupted) {
    const checkpoint = state.steps.train?.checkpoints.at(-1)?.path;
    terminal.say(
      checkpoint === undefined
        ? message('Stopped.')
        : message('Stopped. To go on from {0}: tunebook train … --resume', checkpoint),
    );
  } else if (outcome.kind === 'failed') await reportFailure(outcome.failure, state, { ...context, terminal });
  printAdvice(state, terminal);
  const saved = state.steps.save?.saved;
  if (saved) terminal.say(message('The adapter is in {0}', saved.directory));
  terminal.line(terminal.dim(terminal.text(message('Run: {0}', runDirectory))));
}

/** What went wrong in a run, and what may help. */
export async function reportFailure(failure: Failure, run: RunState, { terminal, env }: Context): Promise<void> {
  const levers = failure.kind === 'outOfMemory' ? await leversOf(run, env) : null;
  printFailure(failure, terminal, { run, levers });
}
