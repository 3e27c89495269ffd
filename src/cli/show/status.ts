import { message, type Message } from '../../common/message';
import { STEPS } from '../../protocol/trainer';
import type { PastRun } from '../../engine/runHistory';

export interface RunStatus {
  readonly status: 'running' | 'idle' | 'done' | 'failed' | 'stopped' | 'lost';
  readonly words: Message;
}

/** What has become of a run, from its log and whether its process is there. */
export function statusOf({ state, alive }: PastRun): RunStatus {
  const steps = new Set(STEPS.map((step) => state.steps[step]?.status));
  if (alive)
    return state.current === null
      ? { status: 'idle', words: message('waits') }
      : { status: 'running', words: message('running') };
  if (steps.has('failed')) return { status: 'failed', words: message('failed') };
  if (steps.has('stopped')) return { status: 'stopped', words: message('stopped') };
  // no end was written: killed, or the machine went down
  if (state.current !== null || state.bye === null) return { status: 'lost', words: message('ended without a word') };
  return { status: 'done', words: message('done') };
}
