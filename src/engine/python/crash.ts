import type { Failure } from '../../protocol/trainer';
import type { ExitInfo } from '../engine';

/** Of a process that is not our child: the system tells its parent alone how it ended. */
export const UNKNOWN_EXIT: ExitInfo = { code: null, signal: null };

/** What to say of a trainer that ended without a word. */
export function crashFailure({ exit, lastLines, memoryRanOut }: Crash): Failure {
  const missing = missingModule(lastLines);
  const traceback = lastLines.length === 0 ? null : lastLines.join('\n');
  if (missing !== null) {
    return {
      kind: 'missingPackage',
      message: `The trainer could not start: Python has no package ${missing}.`,
      recipePath: [],
      facts: { package: missing },
      traceback,
    };
  }
  const killed = memoryRanOut || exit.signal === 'SIGKILL' || exit.code === KILLED_CODE;
  return {
    kind: killed ? 'killedBySystem' : 'trainerCrashed',
    message: killed
      ? `The system killed the trainer (${howOf(exit)})${memoryRanOut ? ': memory ran out.' : ', most likely because memory ran out.'}`
      : `The trainer ended without saying why (${howOf(exit)}).`,
    recipePath: [],
    facts: { exitCode: exit.code, signal: exit.signal, killed, memoryRanOut, lastLines: [...lastLines] },
    traceback,
  };
}

/** 128 + SIGKILL, as shells and containers tell it. */
const KILLED_CODE = 137;

export interface Crash {
  readonly exit: ExitInfo;
  /** The end of its log, oldest first. */
  readonly lastLines: readonly string[];
  /** The kernel has ended a process for lack of memory meanwhile. */
  readonly memoryRanOut: boolean;
}

function howOf({ code, signal }: ExitInfo): string {
  if (signal !== null) return `signal ${signal}`;
  return code === null ? 'how is not known: another program had started it' : `exit code ${code}`;
}

function missingModule(lines: readonly string[]): string | null {
  const found = /No module named '?([\w.]+)'?/.exec(lines.at(-1) ?? '');
  return found?.[1] ?? null;
}

/** Of a trainer that a host had to end, or ended at a person's word. */
export function endedFailure(exit: ExitInfo, why: 'noAnswer' | 'asked'): Failure {
  return {
    kind: 'interrupted',
    message:
      why === 'asked'
        ? 'Ended at once, as asked; no checkpoint was saved.'
        : 'Stopped; the trainer did not answer and was ended.',
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
