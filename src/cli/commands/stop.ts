import { deferred } from '../../common/deferred';
import { type Message, message } from '../../common/message';
import { foldRun, reduceRun, type RunState } from '../../core/run/session';
import { statusOf } from '../../core/run/summary';
import { attachTrainer } from '../../engine/python/attach';
import type { Command } from '../context';
import { EXIT } from '../exitCodes';
import { readOptions } from '../options';
import { findRun } from '../session/findRun';
import { runArgument } from '../session/runHints';

const OPTIONS = { now: { type: 'boolean' }, json: { type: 'boolean' }, 'runs-directory': { type: 'string' } } as const;

/** tunebook stop [RUN]: training saves a checkpoint, then the trainer ends. --now: it ends at once. */
export const stop: Command = async (args, context) => {
  const { values, positionals } = readOptions(args, OPTIONS, { positionals: 1 });
  const atOnce = values.now === true;
  const terminal = values.json === true ? context.terminal.aside : context.terminal;
  const question = { run: positionals[0], runsDirectory: values['runs-directory'] };
  const directory = await findRun(question, { ...context, terminal });
  const session = await attachTrainer(directory);
  let state = foldRun(session.history);
  session.onEvent((event) => (state = reduceRun(state, event)));
  const wasAtWork = statusOf(state, true) === 'running';
  const left = deferred<'left'>();
  const listening = [context.onInterrupt(() => left.resolve('left')), context.onHangup(() => left.resolve('left'))];
  try {
    if (wasAtWork && !atOnce) {
      const run = runArgument(directory, context.cwd);
      terminal.say(message('Stopping; training saves a checkpoint first. To end it at once: tunebook kill {0}', run));
    }
    const ended = (atOnce ? session.kill() : session.shutdown()).then(() => session.exited);
    if ((await Promise.race([ended, left.promise])) === 'left') {
      terminal.say(message('Not waited for; the trainer was asked and ends by itself.'));
      return EXIT.interrupted;
    }
  } finally {
    for (const each of listening) each.dispose();
    session.dispose();
  }
  const checkpoint = lastCheckpoint(state);
  if (values.json === true) context.stdout.write(`${JSON.stringify({ directory, checkpoint })}\n`);
  else
    terminal.say(
      wasAtWork ? endWords(checkpoint, atOnce) : message('The trainer waited for its next run; it has ended.'),
    );
  return EXIT.done;
};

/** tunebook kill [RUN] */
export const kill: Command = (args, context) => stop(['--now', ...args], context);

function lastCheckpoint({ steps }: RunState): string | null {
  return steps.train?.checkpoints.at(-1)?.path ?? null;
}

function endWords(checkpoint: string | null, atOnce: boolean): Message {
  if (checkpoint === null) return atOnce ? message('Ended at once, without a checkpoint.') : message('Stopped.');
  return atOnce
    ? message('Ended at once. The last checkpoint is {0}', checkpoint)
    : message('Stopped. To go on from {0}: tunebook train … --resume', checkpoint);
}
