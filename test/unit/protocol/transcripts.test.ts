import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { initialRun, reduceRun } from '../../../src/core/run/session';
import { stepOutput } from '../../../src/core/run/stepOutput';
import { parseEventLog } from '../../../src/core/run/eventLog';
import { events, PROTOCOL, STEPS } from '../../../src/protocol/trainer';

const folder = path.resolve(import.meta.dirname, '../../transcripts');
const names = readdirSync(folder).filter((name) => name.endsWith('.jsonl') && !name.startsWith('commands'));
const logOf = (name: string) => parseEventLog(readFileSync(path.join(folder, name), 'utf8'));

describe.each(names)('%s', (name) => {
  const { events: told, noise, cut } = logOf(name);

  test('is events and nothing else, in order', () => {
    expect(noise).toEqual([]);
    expect(cut).toBe(false);
    expect(told.map(({ seq }) => seq)).toEqual(told.map((_, index) => index));
    expect(told[0]).toMatchObject({ type: 'hello', protocol: PROTOCOL });
  });

  test('becomes outputs that are plain JSON without NaN', () => {
    const run = told.reduce(reduceRun, initialRun);
    for (const step of STEPS) {
      const output = stepOutput(run, step, { language: 'en', translations: {} });
      expect(JSON.parse(JSON.stringify(output))).toEqual(output);
      expect(output).toMatchObject({ step, version: 1, language: 'en' });
    }
  });
});

test('the transcripts have every event of the protocol', () => {
  const told = new Set(names.flatMap((name) => logOf(name).events.map(({ type }) => type)));
  expect([...told].sort()).toEqual(Object.keys(events).sort());
});
