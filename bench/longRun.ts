import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { EventOf } from '../src/protocol/trainer';

const TRANSCRIPT = path.resolve(import.meta.dirname, '../test/transcripts/loop.jsonl');
const CHECKPOINT_EVERY = 500;

/** The log of a recorded run, with as many logging points in its training as asked, checkpoints between, and evaluations. */
export function longRun(points: number): string {
  const lines = readFileSync(TRANSCRIPT, 'utf8').trimEnd().split('\n');
  const at = lines.findIndex((line) => line.includes('"trainStarted"'));
  const head = lines.slice(0, at + 1);
  const tail = lines.slice(at + 1).filter((line) => !/"type": ?"(?:metrics|checkpointSaved)"/.test(line));
  const training = Array.from({ length: points }, (_, index) => pointLines(index, points, head.length)).flat();
  return `${[...head, ...training, ...tail].join('\n')}\n`;
}

/** The logging point of this step (from 0) of so many. */
export function pointOf(index: number, points: number): EventOf<'metrics'> {
  return {
    type: 'metrics',
    t: 1_700_000_000 + index * 0.37,
    seq: index + 1,
    step: 'train',
    trainStep: index + 1,
    epoch: (10 * index) / points,
    loss: 3 * Math.exp(-index / 20_000) + 0.1 * Math.sin(index),
    learningRate: 3e-4 * (1 - index / points),
    gradNorm: 1 + 0.3 * Math.cos(index),
    evalLoss: index % 100 === 0 ? 1 + 2 * Math.exp(-index / 20_000) : null,
    tokensPerSecond: 3000 + 10 * Math.sin(index / 7),
    memoryBytes: 2_651_070_000,
    etaSeconds: (points - index) * 0.37,
  };
}

function pointLines(index: number, points: number, seq: number): string[] {
  const point = { ...pointOf(index, points), seq: seq + index };
  const checkpoint = {
    type: 'checkpointSaved',
    t: point.t,
    seq: seq + index,
    step: 'train',
    trainStep: index + 1,
    path: '/out',
  };
  return (index + 1) % CHECKPOINT_EVERY === 0 ? [text(point), text(checkpoint)] : [text(point)];
}

/** As Python writes JSON. */
function text(value: object): string {
  return JSON.stringify(value)
    .replace(/([{,])"(\w+)":/g, '$1 "$2": ')
    .replace('{ ', '{');
}
