import { describe, expect, test } from 'vitest';
import { decodeTrainerLine } from '../../../src/protocol/codec';
import { encodeCommand } from '../../../src/protocol/trainer';

const decode = (value: unknown) => decodeTrainerLine(JSON.stringify(value));
const metrics = {
  type: 'metrics',
  t: 1.5,
  seq: 3,
  step: 'train',
  trainStep: 10,
  epoch: 0.5,
  loss: 1.25,
  learningRate: 2e-4,
  gradNorm: null,
  evalLoss: null,
  tokensPerSecond: null,
  memoryBytes: 1024,
  etaSeconds: null,
};

describe('a line of the trainer', () => {
  test('that is an event is decoded', () => {
    expect(decode(metrics)).toEqual({ kind: 'event', event: metrics });
  });

  test('may have fields of a newer trainer, which are dropped, and lack those that may be null', () => {
    const { gradNorm: _, ...less } = metrics;
    expect(decode({ ...less, temperature: 60 })).toEqual({ kind: 'event', event: metrics });
  });

  test.each(['NaN', 'Infinity', '-Infinity'])('has %s as text', (loss) => {
    const decoded = decode({ ...metrics, loss });
    expect(decoded).toEqual({ kind: 'event', event: { ...metrics, loss: Number(loss) } });
  });

  test.each<[string, string, RegExp]>([
    ['a progress bar', '  3%|▎         | 1/30 [00:01<00:29]', /not JSON/],
    ['nothing', '', /not JSON/],
    ['a cut line', '{"type":"log","t":1', /not JSON/],
    ['bare NaN', '{"type":"metrics","loss":NaN}', /not JSON/],
    ['JSON of somebody else', '{"loss": 1.2}', /not an event/],
    ['a list', '[1]', /not an event/],
    ['null', 'null', /not an event/],
    ['an event of a newer trainer', '{"type":"weather","t":1,"seq":1}', /unknown event weather/],
    ['a name that every object has', '{"type":"toString","t":1,"seq":1}', /unknown event toString/],
    [
      'an event of another shape',
      '{"type":"stepStarted","t":1,"seq":1,"step":"dance"}',
      /stepStarted\.step: expected "model"/,
    ],
    ['an event without its time', '{"type":"stepStarted","seq":1,"step":"train"}', /stepStarted\.t: expected a number/],
  ])('that is %s is noise, with the reason', (_, line, reason) => {
    const decoded = decodeTrainerLine(line);
    expect(decoded).toMatchObject({ kind: 'noise', text: line });
    expect(decoded.kind === 'noise' && decoded.reason).toMatch(reason);
  });

  test('names the place inside a list', () => {
    const decoded = decode({
      type: 'saved',
      t: 1,
      seq: 1,
      step: 'save',
      directory: 'x',
      files: [{ path: 'a', bytes: 'b' }],
    });
    expect(decoded.kind === 'noise' && decoded.reason).toBe('saved.files[0].bytes: expected a number, got "b"');
  });
});

test('a command is one line', () => {
  const line = encodeCommand({
    type: 'run',
    steps: ['model'],
    recipe: {
      name: 'a\nb',
      recipeFile: '/a',
      baseDirectory: '/',
      sections: { model: { x: 'line\n2' }, lora: {}, data: {}, tokenizer: {}, train: {}, generate: {}, save: {} },
    },
  });
  expect(line.match(/\n/g)).toHaveLength(1);
  expect(JSON.parse(line)).toMatchObject({ type: 'run', steps: ['model'], recipe: { name: 'a\nb' } });
});
