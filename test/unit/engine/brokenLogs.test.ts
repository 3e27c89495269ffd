import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parseEventLog } from '../../../src/core/run/eventLog';
import { foldRun } from '../../../src/core/run/session';
import { summarise } from '../../../src/core/run/summary';
import { EventTail } from '../../../src/engine/eventTail';
import { appendLine } from '../../../src/engine/python/appendLine';
import { readRun } from '../../../src/engine/runHistory';
import { RunLog } from '../../../src/engine/runLog';
import type { TrainerEvent } from '../../../src/protocol/trainer';
import { temporaryFolder } from './fake';

const metrics = (seq: number, loss: number | null) => ({
  type: 'metrics',
  step: 'train',
  trainStep: seq,
  epoch: 0.5,
  loss,
  learningRate: null,
  gradNorm: null,
  evalLoss: loss === null ? 3 : null,
  tokensPerSecond: null,
  memoryBytes: null,
  etaSeconds: 1,
});
const failure = { kind: 'trainerCrashed', message: '被杀', recipePath: [], facts: {}, traceback: null };
const failed = { type: 'stepFailed', step: 'train', failure };
const bye = { type: 'bye', reason: 'shutdown' };
const events = [
  { type: 'hello', protocol: 1, trainer: 'x', pid: 999_999_999, python: '3', versions: {} },
  { type: 'stepStarted', step: 'train' },
  metrics(1, 3.5),
  metrics(2, null),
  { type: 'checkpointSaved', step: 'train', trainStep: 2, path: '/训练🙂/checkpoint-2' },
  failed,
  bye,
];

/** As Python's json.dumps writes them. */
function line(event: object, seq: number, t = 1000 + seq): string {
  const { type, ...rest } = event as { type: string };
  return `{"type": "${type}", "t": ${t}, "seq": ${seq}, ${JSON.stringify(rest).slice(1)}\n`;
}

const lines = events.map((event, seq) => line(event, seq));
const LINE_END = 0x0a;
const AT_A_TIME = 64;
const bytes = Buffer.from(lines.join(''));
const seqs = (told: readonly TrainerEvent[]): number[] => told.map(({ seq }) => seq);
/** 0, 1, … */
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

interface Log {
  readonly directory: string;
  readonly file: string;
  /** What a tail of it has told. */
  readonly told: TrainerEvent[];
  readonly tail: EventTail;
  readonly list: RunLog;
}

function logOf(content: Uint8Array | string, directory = path.join(temporaryFolder(), 'run')): Log {
  mkdirSync(directory);
  const file = path.join(directory, 'events.jsonl');
  writeFileSync(file, content);
  const told: TrainerEvent[] = [];
  // it looks when it is told to
  const tail = new EventTail(file, (news) => told.push(...news), { everyMs: 3_600_000 });
  onTestFinished(() => tail.dispose());
  return { directory, file, told, tail, list: new RunLog(file) };
}

/** What the three readers of a log say of it: a tail, a list, and who opens it. They must agree. */
async function read({ directory, tail, told, list }: Log) {
  await tail.look();
  await list.look();
  const run = await readRun(directory);
  const summary = summarise(foldRun(told), false);
  expect(summarise(run!.state, false)).toEqual(summary);
  expect(summarise(list.digest.state, false)).toEqual(summary);
  return { summary, run: run! };
}

/** Each number of bytes that may be left of the log, many at a time: most of it is waiting for the disk. */
async function forEach(first: number, check: (cut: number) => Promise<void>): Promise<void> {
  for (let cut = first; cut <= bytes.length; cut += AT_A_TIME)
    await Promise.all(
      Array.from({ length: AT_A_TIME }, (_, index) => cut + index)
        .filter((at) => at <= bytes.length)
        .map(check),
    );
}

test('a log that is cut at any byte gives its whole lines, and each event once when it goes on', async () => {
  const folder = temporaryFolder();
  await forEach(0, async (cut) => {
    const before = bytes.subarray(0, cut);
    const whole = before.filter((byte) => byte === LINE_END).length;
    expect(parseEventLog(before.toString()).events.length).toBe(whole);
    const log = logOf(before, path.join(folder, String(cut)));
    await log.tail.look();
    await log.list.look();
    expect(seqs(log.told), `cut at ${cut}`).toEqual(upTo(whole));
    appendFileSync(log.file, bytes.subarray(cut));
    await read(log);
    expect(seqs(log.told), `cut at ${cut}`).toEqual(upTo(events.length));
  });
});

test('half a line of a killed trainer costs that line only, wherever it was cut', async () => {
  const folder = temporaryFolder();
  await forEach(bytes.indexOf(LINE_END) + 1, async (cut) => {
    const before = bytes.subarray(0, cut);
    const whole = before.filter((byte) => byte === LINE_END).length;
    const log = logOf(before, path.join(folder, String(cut)));
    expect(await appendLine(log.file, line(failed, 99).trimEnd())).toBe(true);
    await read(log);
    // a line that lacks its end alone is whole
    const next = lines[whole]?.trimEnd();
    const more = next !== undefined && before.toString().endsWith(`\n${next}`) ? 1 : 0;
    expect(seqs(log.told), `cut at ${cut}`).toEqual([...upTo(whole + more), 99]);
  });
});

describe('what else a log may have gone through', () => {
  test('NUL bytes, as a power failure leaves them', async () => {
    const log = logOf(`${lines.slice(0, 4).join('')}${'\0'.repeat(9000)}`);
    await read(log);
    expect(await appendLine(log.file, line(failed, 4).trimEnd())).toBe(true);
    const { summary, run } = await read(log);
    expect(seqs(log.told)).toEqual(upTo(5));
    expect(summary).toMatchObject({ status: 'failed', trainStep: 2, loss: 3.5 });
    expect(run.lastEventAt).toBe(1004);
  });

  test('lines twice, and lines of another future', async () => {
    const future = '{"type": "thought", "t": 1, "seq": 3, "of": "a newer trainer"}\n';
    const log = logOf([...lines.slice(0, 3), future, lines[3], lines[3], lines[4], lines[4]].join(''));
    const { summary } = await read(log);
    expect(seqs(log.told)).toEqual([0, 1, 2, 3, 3, 4, 4]);
    expect(summary).toMatchObject({ trainStep: 2, loss: 3.5, evalLoss: 3 });
  });

  test('a clock that was set back: nothing lasts less than no time', async () => {
    const log = logOf(events.map((event, seq) => line(event, seq, 1000 - 100 * seq)).join(''));
    const { run } = await read(log);
    expect(run.state.steps.train?.durationMs).toBe(0);
    expect([run.startedAt, run.lastEventAt]).toEqual([1000, 400]);
  });

  test('the run is deleted, and another has its place', async () => {
    const log = logOf(lines.slice(0, 4).join(''));
    await read(log);
    rmSync(log.directory, { recursive: true });
    await log.tail.look();
    expect(await log.list.look()).toBe(true);
    expect(await readRun(log.directory)).toBeNull();
    mkdirSync(log.directory);
    writeFileSync(log.file, lines.slice(0, 3).join(''));
    log.told.length = 0;
    await read(log);
    expect(seqs(log.told)).toEqual(upTo(3));
  });
});
