import * as path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { message } from '../../common/message';
import { type EventOf, PROTOCOL, type TrainerEvent } from '../../protocol/trainer';
import type { Attach, TrainerSession } from '../engine';
import { EngineError } from '../engineError';
import { EventTail } from '../eventTail';
import { beginsNow } from '../runBegins';
import { RUN_FILES } from '../runDirectory';
import { isTrainer } from '../trainerAlive';
import { AttachedSession } from './attachedSession';
import { readLogEnd } from './logEnd';

const HELLO_EVERY_MS = 50;

/** Watches and commands the trainer of a run that another process has started. */
export const attachTrainer: Attach = async (runDirectory) => {
  const directory = path.resolve(runDirectory);
  let session: AttachedSession | null = null;
  const history: TrainerEvent[] = [];
  const take = (events: readonly TrainerEvent[]): void => {
    if (session !== null) session.follow(events);
    else for (const event of events) history.push(event);
  };
  const onRestart = (): void => {
    if (session === null) history.length = 0;
    else session.begunAnew();
  };
  const events = new EventTail(path.join(directory, RUN_FILES.events), take, { onRestart });
  try {
    await events.look();
    await untilItSpeaks(directory, history);
    const { pid } = await livingTrainer(directory, history);
    const log = await readLogEnd(path.join(directory, RUN_FILES.log));
    const run = { id: path.basename(directory), directory };
    session = new AttachedSession({ pid, run, history: [...history], events, log });
    return session satisfies TrainerSession;
  } catch (error) {
    events.dispose();
    throw error;
  }
};

/** A trainer that was started just now has said nothing yet; the tail hears it. */
async function untilItSpeaks(directory: string, history: readonly TrainerEvent[]): Promise<void> {
  while (history.length === 0 && (await beginsNow(directory))) await wait(HELLO_EVERY_MS);
}

async function livingTrainer(directory: string, history: readonly TrainerEvent[]): Promise<EventOf<'hello'>> {
  const hello = history.find((event) => event.type === 'hello');
  const hasEnded = history.some(({ type }) => type === 'bye');
  if (hello === undefined || hasEnded || !(await isTrainer(hello.pid, directory)))
    throw new EngineError('noTrainer', message('No trainer works at {0}: the run has ended.', directory));
  if (hello.protocol !== PROTOCOL)
    throw new EngineError(
      'noTrainer',
      message(
        'The trainer at {0} was started by another version of Tunebook (protocol {1}, here {2}). Watch it with that one.',
        directory,
        hello.protocol,
        PROTOCOL,
      ),
    );
  return hello;
}
