import { describe, expect, it } from 'vitest';
import { Arena } from '../../../../../src/core/model/estimate/arena';
import { activate, multiply } from '../../../../../src/core/model/estimate/ops';
import { Tape, type Value } from '../../../../../src/core/model/estimate/tape';

const MANY = 1024;
const BYTES = 4 * MANY;

function start(): { readonly arena: Arena; readonly tape: Tape; readonly x: Value } {
  const arena = new Arena();
  const tape = new Tape(arena);
  return { arena, tape, x: tape.make(MANY, 4, true) };
}

/** silu(x) * x, twice. */
function twice(tape: Tape, x: Value): Value {
  const once = (input: Value): Value => {
    const active = activate(tape, input);
    const product = multiply(tape, active, input);
    tape.free(active);
    return product;
  };
  const first = once(x);
  const second = once(first);
  tape.free(first);
  return second;
}

function peakOf(run: (tape: Tape, x: Value) => Value): number {
  const { arena, tape, x } = start();
  const middle = run(tape, x);
  const output = run(tape, middle);
  tape.free(x, middle);
  tape.backward(output, arena.take(BYTES, 'activations'));
  return arena.peak;
}

describe('the tape', () => {
  it('keeps what the backward pass needs, and nothing after it', () => {
    const { arena, tape, x } = start();
    const output = twice(tape, x);
    // x, silu(x), the first product, its silu, the output.
    expect(arena.live).toBe(5 * BYTES);
    tape.backward(output, arena.take(BYTES, 'activations'));
    tape.free(output, x);
    // The gradient of x stays with x.
    expect(arena.live).toBe(BYTES);
  });

  it('keeps only a block’s input under checkpointing, and makes the rest again', () => {
    const { arena, tape, x } = start();
    const output = tape.checkpoint(
      x,
      (input) => twice(tape, input),
      () => undefined,
    );
    expect(arena.live).toBe(2 * BYTES);
    tape.backward(output, arena.take(BYTES, 'activations'));
    tape.free(output, x);
    expect(arena.live).toBe(BYTES);
  });

  it('peaks lower with two checkpointed blocks than without', () => {
    const kept = peakOf(twice);
    const again = peakOf((tape, x) =>
      tape.checkpoint(
        x,
        (input) => twice(tape, input),
        () => undefined,
      ),
    );
    expect(again).toBeLessThan(kept);
  });

  it('tells what the peak was made of', () => {
    const arena = new Arena();
    const weights = arena.take(1000, 'weights');
    arena.moment(3000, 'workspace');
    arena.drop(weights);
    // In blocks of 512 bytes.
    expect([arena.peak, ...arena.atPeak]).toEqual([1024 + 3072, ['weights', 1024], ['workspace', 3072]]);
    expect(arena.live).toBe(0);
  });
});
