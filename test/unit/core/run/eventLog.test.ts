import { expect, test } from 'vitest';
import { parseEventLog } from '../../../../src/core/run/eventLog';

const line = (seq: number) => JSON.stringify({ type: 'log', t: 1, seq, level: 'info', text: 'x' });

test('an event log is read line by line', () => {
  const log = parseEventLog(`${line(0)}\r\n\n${line(1)}\nWarning: slow\n${line(2)}\n`);
  expect(log.events.map(({ seq }) => seq)).toEqual([0, 1, 2]);
  expect(log.noise).toEqual([{ line: 4, text: 'Warning: slow', reason: 'not JSON' }]);
  expect(log.cut).toBe(false);
});

test('a last line that is being written is left out', () => {
  const log = parseEventLog(`${line(0)}\n${line(1).slice(0, 20)}`);
  expect(log).toMatchObject({ events: [{ seq: 0 }], noise: [], cut: true });
});

test('an empty log is empty', () => {
  expect(parseEventLog('')).toEqual({ events: [], noise: [], cut: false });
});
