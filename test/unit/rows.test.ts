import { expect, test } from 'vitest';
import { firstRows } from '../../src/core/data/rows';

test('reads whole lines of JSON and leaves out the cut one', () => {
  expect(firstRows('\uFEFF{"a":1}\n{"a":2}\n{"a":', '.jsonl')).toEqual([{ a: 1 }, { a: 2 }]);
});

test('reads a JSON list, also inside an object, also lines under the wrong name', () => {
  expect(firstRows('[{"a":1},2]', '.json')).toEqual([{ a: 1 }]);
  expect(firstRows('{"version":1,"data":[{"a":1}]}', '.json')).toEqual([{ a: 1 }]);
  expect(firstRows('{"a":1}\n{"a":2}\n', '.json')).toEqual([{ a: 1 }, { a: 2 }]);
});

test('reads quoted fields with separators, line ends and quotes inside', () => {
  expect(firstRows('prompt,answer\r\n"Hi, you","a ""b""\nc"\r\nplain,x\r\n', '.csv')).toEqual([
    { prompt: 'Hi, you', answer: 'a "b"\nc' },
    { prompt: 'plain', answer: 'x' },
  ]);
  expect(firstRows('a\tb\n1\t2', '.tsv')).toEqual([{ a: '1', b: '2' }]);
});

test('says nothing about what it can not read', () => {
  expect(firstRows('PAR1', '.parquet')).toEqual([]);
  expect(firstRows('not json', '.jsonl')).toEqual([]);
  expect(firstRows('', '.csv')).toEqual([]);
});
