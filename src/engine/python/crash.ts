import type { Failure } from '../../protocol/trainer';
import type { ExitInfo } from '../engine';

/** Of a process that is not our child: the system tells its parent alone how it ended. */
export const UNKNOWN_EXIT: ExitInfo = { code: null, signal: null };

/** What to say of a trainer that ended without a word. `lastLines`: the end of its log, oldest first. */
export function crashFailure(exit: ExitInfo, lastLines: readonly string[]): Failure {
  const killed = exit.signal === 'SIGKILL' || exit.code === 137;
  const how = exit.signal !== null ? `signal ${exit.signal}` : `exit code ${exit.code ?? 'unknown'}`;
  const missing = missingModule(lastLines);
  if (missing !== null) {
    return {
      kind: 'missingPackage',
      message: `The trainer could not start: Python has no package ${missing}.`,
      recipePath: [],
      facts: { package: missing },
      traceback: lastLines.join('\n'),
    };
  }
  return {
    kind: 'trainerCrashed',
    message: killed
      ? `The trainer was killed (${how}), most likely by the system because memory ran out.`
      : `The trainer ended without saying why (${how}).`,
    recipePath: [],
    facts: { exitCode: exit.code, signal: exit.signal, killed, lastLines: [...lastLines] },
    traceback: lastLines.length === 0 ? null : lastLines.join('\n'),
  };
}

function missingModule(lines: readonly string[]): string | null {
  const found = /No module named '?([\w.]+)'?/.exec(lines.at(-1) ?? '');
  return found?.[1] ?? null;
}

/** Of a trainer that was asked to stop, did not answer and had to be ended. */
export function killedFailure(exit: ExitInfo): Failure {
  return {
    kind: 'interrupted',
    message: 'Stopped; the trainer did not answer and was ended.',
    recipePath: [],
    facts: { exitCode: exit.code, signal: exit.signal },
    traceback: null,
  };
}

export function protocolFailure(spoken: number, expected: number): Failure {
  return {
    kind: 'trainerCrashed',
    message: `The trainer speaks protocol ${spoken}, this Tunebook speaks ${expected}. Update whichever is older.`,
    recipePath: [],
    facts: { spoken, expected },
    traceback: null,
  };
}

/** Of a run that was asked for when the trainer was about to end. */
export function goneFailure(): Failure {
  return {
    kind: 'trainerCrashed',
    message: 'The trainer has ended; run the steps from the first on.',
    recipePath: [],
    facts: {},
    traceback: null,
  };
}

/** Of a run that the trainer can't be told of. */
export function unheardFailure(runDirectory: string): Failure {
  return {
    kind: 'unknown',
    message: `The trainer can't be told what to run: nothing can be written in ${runDirectory}.`,
    recipePath: [],
    facts: { path: runDirectory },
    traceback: null,
  };
}
