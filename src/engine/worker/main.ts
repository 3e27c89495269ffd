import { parentPort } from 'node:worker_threads';
import { Channel, type Port } from '../../protocol/channel';
import type { NoCalls, WorkerCalls } from './calls';
import { handlers } from './handlers';

const thread = parentPort;
if (thread === null) throw new Error('worker.js runs in a thread.');

const port: Port = {
  post: (packet) => thread.postMessage(packet),
  listen: (receive) => {
    thread.on('message', receive);
    return { dispose: () => thread.off('message', receive) };
  },
};
// Answers for as long as the thread lives.
export const channel = new Channel<NoCalls, WorkerCalls>(port, handlers);
