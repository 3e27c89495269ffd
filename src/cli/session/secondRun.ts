import { type Message, message } from '../../common/message';
import { atWorkWords } from '../../core/run/atWork';
import { firstInTheWay, type InTheWay } from '../../core/run/inTheWay';
import { type RunTarget, sharedWords } from '../../core/run/sharedOutput';
import { type LiveRun, liveRuns } from '../../engine/liveRuns';
import { attachTrainer } from '../../engine/python/attach';
import type { Context } from '../context';
import { EXIT } from '../exitCodes';
import { Stopped } from '../stopped';

/**
 * Returns when no run at work writes what this one will write, or when the person wants both. Asks where somebody can answer;
 * a program is refused, with what it can do. `--yes` agrees to what is missing, not to what would be lost.
 */
export async function settleSecondRun(
  target: RunTarget,
  { runsDirectory, yes }: { readonly runsDirectory: string; readonly yes: boolean },
  context: Context,
): Promise<void> {
  for (;;) {
    // Asking the adapter of before while its recipe trains anew is in nobody's way.
    const recipeMatters = target.steps.includes('train');
    const found = firstInTheWay(target, await liveRuns(runsDirectory), { recipeMatters });
    if (found === null) return;
    const { run, shared, onlyRecipe } = found;
    const { ask, terminal } = context;
    if (ask === null || yes)
      throw new Stopped(atWorkWords(run.id, run.state), { exitCode: EXIT.failed, remedy: remedyFor(found) });
    terminal.say(atWorkWords(run.id, run.state));
    for (const one of shared) terminal.line(`  ${terminal.text(sharedWords(one))}`);
    const answer = (await ask(`${terminal.text(question(onlyRecipe))} `)).trim().toLowerCase();
    if (answer === 's') await stop(run, context);
    else if (answer === 'r' && onlyRecipe) return;
    else throw new Stopped(message('Nothing was run.'), { exitCode: EXIT.failed, remedy: watching(run) });
  }
}

function question(onlyRecipe: boolean): Message {
  return onlyRecipe
    ? message('Stop it with a checkpoint and run [s], run both [r], or leave it [Enter]?')
    : message('Stop it with a checkpoint and run [s], or leave it [Enter]?');
}

function remedyFor({ run, shared }: InTheWay<LiveRun>): Message {
  const whats = new Set(shared.map(({ what }) => what));
  if (whats.has('checkpoints'))
    return message(
      'It keeps its checkpoints in the same folder. Watch it: tunebook attach {0}. Stop it: tunebook stop {0}. Or use another folder: --set train.environment.output_dir=…',
      run.id,
    );
  if (whats.has('adapter'))
    return message(
      'It saves its adapter into the same folder. Watch it: tunebook attach {0}. Stop it: tunebook stop {0}. Or use another folder: --set save.output_dir=…',
      run.id,
    );
  return message('It runs the same recipe. Watch it: tunebook attach {0}. Stop it: tunebook stop {0}.', run.id);
}

function watching({ id }: LiveRun): Message {
  return message('Watch it: tunebook attach {0}', id);
}

/** Its trainer stays with whoever started it; one that nobody has ends by itself. */
async function stop({ directory, id }: LiveRun, { terminal }: Context): Promise<void> {
  terminal.say(message('Stopping {0}; a checkpoint is saved.', id));
  const session = await attachTrainer(directory);
  try {
    await session.stop();
  } finally {
    session.dispose();
  }
}
