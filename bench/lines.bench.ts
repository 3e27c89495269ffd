// From bytes of the pipe to events: what a host does for every line that a trainer writes.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { bench, describe } from 'vitest';
import { LineSplitter } from '../src/engine/python/lines';
import { decodeTrainerLine } from '../src/protocol/codec';

const TRANSCRIPT = readFileSync(path.resolve(import.meta.dirname, '../test/transcripts/loop.jsonl'));
/** What one read of a pipe gives at most on Linux. */
const CHUNK_BYTES = 64 * 1024;

function read(bytes: Uint8Array): number {
  let events = 0;
  const splitter = new LineSplitter((line) => {
    if (decodeTrainerLine(line).kind === 'event') events++;
  });
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES)
    splitter.push(bytes.subarray(start, start + CHUNK_BYTES));
  splitter.end();
  return events;
}

/** The module tree of a mixture-of-experts model: 48 layers of 128 experts, as Qwen3-30B-A3B has them. */
function largeStructure(): Uint8Array {
  const modules = Array.from({ length: 48 * 128 * 4 }, (_, index) => ({
    name: `model.layers.${Math.floor(index / 512)}.mlp.experts.${Math.floor(index / 4) % 128}.part${index % 4}`,
    type: 'Linear4bit',
    shape: [768, 2048],
    dtype: 'uint8',
    parameters: 768 * 2048,
    trainable: false,
    target: index % 4 > 0,
  }));
  const structure = {
    type: 'structure',
    t: 1,
    seq: 1,
    step: 'model',
    architecture: 'Qwen3MoeForCausalLM',
    modules,
    quantization: 'nf4',
    tiedWeights: false,
    dtype: 'bfloat16',
    attention: 'sdpa',
  };
  return new TextEncoder().encode(`${JSON.stringify(structure)}\n`);
}

describe('reading a trainer', () => {
  const structure = largeStructure();
  bench('a whole run, 21 KB', () => void read(TRANSCRIPT));
  bench(`the structure of a large model, ${(structure.length / 1e6).toFixed(1)} MB in one line`, () =>
    void read(structure));
});
