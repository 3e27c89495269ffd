import { expect, test, vi } from 'vitest';
import { message } from '../../../src/common/message';
import { Channel, type Handlers, type Port, RequestError } from '../../../src/protocol/channel';

interface Sums {
  readonly add: { readonly params: readonly number[]; readonly result: number; readonly progress: number };
  readonly fail: { readonly params: null; readonly result: null };
}
type None = Record<never, never>;

/** Two ports that carry clones, one turn later, as threads and webviews do. */
function wire(): readonly [Port, Port] {
  const listeners: ((packet: unknown) => void)[][] = [[], []];
  const port = (own: 0 | 1): Port => ({
    post: (packet) => {
      const copy: unknown = structuredClone(packet);
      queueMicrotask(() => listeners[1 - own]?.forEach((listener) => listener(copy)));
    },
    listen: (receive) => {
      listeners[own]?.push(receive);
      return { dispose: () => void (listeners[own] = []) };
    },
  });
  return [port(0), port(1)];
}

function sides(handlers: Handlers<Sums>): Channel<Sums, None> {
  const [asking, answering] = wire();
  expect(new Channel<None, Sums>(answering, handlers)).toBeDefined();
  return new Channel<Sums, None>(asking, {});
}

const handlers: Handlers<Sums> = {
  add: (numbers, { progress }) => {
    numbers.forEach((number) => progress(number));
    return numbers.reduce((sum, number) => sum + number, 0);
  },
  fail: () => {
    throw new RequestError(message('{0} can’t be read.', 'x.jsonl'));
  },
};

test('an answer comes to its own question, progress before it', async () => {
  const channel = sides(handlers);
  const told: number[] = [];
  const [six, nine] = await Promise.all([
    channel.request('add', [1, 2, 3], { onProgress: (value) => told.push(value) }),
    channel.request('add', [4, 5]),
  ]);
  expect([six, nine]).toEqual([6, 9]);
  expect(told).toEqual([1, 2, 3]);
});

test('a refusal arrives with its words', async () => {
  const refused = await sides(handlers)
    .request('fail', null)
    .catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(RequestError);
  expect(refused).toMatchObject({ words: { text: '{0} can’t be read.', args: ['x.jsonl'] } });
});

test('cancelling rejects at once and aborts the other side; its late answer changes nothing', async () => {
  const aborted = vi.fn();
  const channel = sides({
    ...handlers,
    add: (_, { signal }) => new Promise((resolve) => signal.addEventListener('abort', () => resolve(aborted()))),
  });
  const asked = new AbortController();
  const answer = channel.request('add', [1], { signal: asked.signal });
  await Promise.resolve();
  asked.abort(new Error('not wanted'));
  await expect(answer).rejects.toThrow('not wanted');
  await vi.waitFor(() => expect(aborted).toHaveBeenCalledOnce());
});

test('a name without a handler is refused, not left waiting', async () => {
  const [asking, answering] = wire();
  // SAFETY: the test wants what the compiler forbids: a side of another build.
  expect(new Channel<None, Sums>(answering, {} as Handlers<Sums>)).toBeDefined();
  await expect(new Channel<Sums, None>(asking, {}).request('fail', null)).rejects.toThrow('No handler of fail');
});

test('whatever waits fails with the channel', async () => {
  const [asking] = wire();
  const channel = new Channel<Sums, None>(asking, {});
  const answer = channel.request('add', [1]);
  channel.dispose();
  await expect(answer).rejects.toThrow('closed');
});
