import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseEventLog } from '../../../../src/core/run/eventLog';
import { foldRun, initialRun, reduceRun } from '../../../../src/core/run/session';

const folder = path.resolve(import.meta.dirname, '../../../transcripts');
const names = readdirSync(folder).filter((name) => !name.startsWith('commands-'));
const logs = names.map((name) => parseEventLog(readFileSync(path.join(folder, name), 'utf8')).events);
const all = logs.flat();

test.each(names.map((name, index) => [name, logs[index]!]))('%s at once is the same run as one by one', (_, events) => {
  expect(events.length).toBeGreaterThan(0);
  expect(foldRun(events)).toEqual(events.reduce(reduceRun, initialRun));
});

test('in any order, with any left out, and going on from any point', () => {
  const some = fc.array(fc.constantFrom(...all), { maxLength: 60 });
  fc.assert(
    fc.property(some, some, (before, after) => {
      const midway = foldRun(before);
      expect(midway).toEqual(before.reduce(reduceRun, initialRun));
      expect(foldRun(after, midway)).toEqual(after.reduce(reduceRun, midway));
    }),
  );
});
