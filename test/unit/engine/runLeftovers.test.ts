import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { leftoversOf } from '../../../src/engine/runLeftovers';
import { temporaryFolder } from './fake';

test('tells what goes with run directories and what stays', async () => {
  const folder = temporaryFolder();
  const write = (file: string, bytes: number): void => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), 'x'.repeat(bytes));
  };
  write('runs/1/events.jsonl', 100);
  write('runs/1/checkpoints/checkpoint-5/adapter.bin', 1000);
  write('runs/2/events.jsonl', 7);
  write('runs/2/adapter/adapter.bin', 50);
  write('adapter/adapter.bin', 4000);
  write('runs/10/events.jsonl', 9000);
  symlinkSync(path.join(folder, 'adapter'), path.join(folder, 'runs/2/link'));
  const at = (file: string): string => path.join(folder, file);
  const left = await leftoversOf([
    {
      directory: at('runs/1'),
      checkpoints: [at('runs/1/checkpoints/checkpoint-5'), at('runs/1/checkpoints/gone'), at('runs/10/events.jsonl')],
      adapter: at('adapter'),
    },
    { directory: at('runs/2'), checkpoints: [], adapter: at('runs/2/adapter') },
    { directory: at('runs/3-is-gone'), checkpoints: [], adapter: at('gone') },
  ]);
  expect(left.bytes).toBeGreaterThanOrEqual(1157);
  expect(left.bytes).toBeLessThan(4000);
  expect(left).toMatchObject({
    checkpoints: 1,
    adaptersInside: [at('runs/2/adapter')],
    adaptersElsewhere: [at('adapter')],
  });
});
