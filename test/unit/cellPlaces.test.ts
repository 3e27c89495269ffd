import { expect, test } from 'vitest';
import { cellAtLine, cellStartLines } from '../../src/features/cellPlaces';

const model = 'model:\n  model_name_or_path: ./base';
const lora = 'lora:\n  r: 8\n\n  lora_alpha: 16';

test('finds cells by their own lines, past comments that quote them', () => {
  const joined = `\uFEFF# model:\n#   model_name_or_path: ./base\r\n\r\n${model.replace('\n', '\r\n')}\r\n\r\n# about\r\n${lora}\n`;
  expect(cellStartLines(joined, [model, lora])).toEqual([3, 7]);
});

test('tells two equal cells apart by their order', () => {
  expect(cellStartLines(`${lora}\n\n${lora}\n`, [lora, lora])).toEqual([0, 5]);
});

test('an empty cell has no place, a problem before the first cell belongs to none', () => {
  const starts = cellStartLines(`# title\n${model}\n`, ['', model]);
  expect(starts).toEqual([-1, 1]);
  expect(cellAtLine(starts, 0)).toBeNull();
  expect(cellAtLine(starts, 2)).toBe(1);
  expect(cellAtLine(starts, 40)).toBe(1);
});
