import * as path from 'node:path';
import { deferred } from '../../common/deferred';
import { message } from '../../common/message';
import { foldRun, reduceRun } from '../../core/run/session';
import type { TrainerSession } from '../../engine/engine';
import { EngineError } from '../../engine/engineError';
import { readEvents } from '../../engine/eventReader';
import { attachTrainer } from '../../engine/python/attach';
import { RUN_FILES } from '../../engine/runDirectory';
import type { TrainerEvent } from '../../protocol/trainer';
import type { Command, Context } from '../context';
import { EXIT } from '../exitCodes';
import { readOptions } from '../options';
import { exitCodeOf } from '../session/exitCode';
import { findRun } from '../session/findRun';
import { outcomeOf } from '../session/outcomeOf';
import { report } from '../session/report';
import { runArgument } from '../session/runHints';
import type { RunResult } from '../session/runSteps';
import { compactHistory } from '../show/compactHistory';
import type { RunView } from '../show/view';
import { viewFor } from '../show/viewFor';

/** tunebook attach [RUN]: what a run has told, then what it tells, until it ends. */
export const attach: Command = async (args, context) => {
  const { values, positionals } = readOptions(
    args,
    { json: { type: 'boolean' }, 'runs-directory': { type: 'string' } },
    { positionals: 1 },
  );
  const json = values.json === true;
  const people = json ? { ...context, terminal: context.terminal.aside } : context;
  const directory = await findRun({ run: positionals[0], runsDirectory: values['runs-directory'] }, people);
  const view = viewFor(json, context);
  const tellHistory = (events: readonly TrainerEvent[]): void => {
    for (const event of json ? events : compactHistory(events)) view.event(event);
  };
  const session = await attachIfAlive(directory);
  if (session === null) {
    const events = await readEvents(path.join(directory, RUN_FILES.events));
    tellHistory(events);
    view.end();
    return reportPast(directory, events, json, people);
  }
  tellHistory(session.history);
  const result = await follow(session, view, people);
  if (result.outcome === null)
    people.terminal.say(
      message('Let go; the run goes on. Stop it: tunebook stop {0}', runArgument(directory, context.cwd)),
    );
  else await report(result, json, people);
  return result.exitCode;
};

async function attachIfAlive(directory: string): Promise<TrainerSession | null> {
  try {
    return await attachTrainer(directory);
  } catch (error) {
    if (error instanceof EngineError && error.kind === 'noTrainer') return null;
    throw error;
  }
}

async function reportPast(
  runDirectory: string,
  events: readonly TrainerEvent[],
  json: boolean,
  context: Context,
): Promise<number> {
  const state = foldRun(events);
  const outcome = outcomeOf(state);
  const exitCode = exitCodeOf(outcome);
  context.terminal.say(message('This run has ended.'));
  await report({ outcome, state, runDirectory, exitCode }, json, context);
  return exitCode;
}

/** Until what runs has ended, or the person lets go: then the outcome is null. */
async function follow(session: TrainerSession, view: RunView, context: Context): Promise<RunResult> {
  const { terminal } = context;
  const { runDirectory } = session;
  let state = foldRun(session.history);
  const left = deferred<number>();
  const listening = [
    session.onEvent((event) => {
      state = reduceRun(state, event);
      view.event(event);
    }),
    session.onLog((line) => view.log(line)),
    context.onInterrupt(() => left.resolve(EXIT.interrupted)),
    context.onHangup(() => left.resolve(EXIT.hungUp)),
  ];
  const waits = session.following === null;
  terminal.line(terminal.dim(terminal.text(waits ? IDLE : ATTACHED)));
  // Of a trainer of before, which tells no beginning and end of a run, only the process has an end.
  const isTold = session.following !== null && state.command !== null;
  const ending = isTold ? session.following : session.exited.then(() => outcomeOf(state));
  try {
    const outcome = await Promise.race([ending, left.promise]);
    return typeof outcome === 'number'
      ? { outcome: null, state, runDirectory, exitCode: outcome }
      : { outcome, state, runDirectory, exitCode: exitCodeOf(outcome) };
  } finally {
    view.end();
    for (const each of listening) each.dispose();
    session.dispose();
  }
}

const ATTACHED = message('Attached. Ctrl-C lets go of the run, which goes on.');
const IDLE = message('Nothing runs now; what runs next is shown. Ctrl-C lets go.');
