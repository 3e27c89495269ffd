import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { chatLine } from '../../../../src/core/data/convert';
import { recognise } from '../../../../src/core/data/recognise';
import { jsonRow } from './rowOf';

/** test/trainer/test_chat_lines.py reads the same file: the trainer has to make the same conversation of row and line. */
const cases = JSON.parse(
  readFileSync(path.resolve(import.meta.dirname, '../../../fixtures/chatLines.json'), 'utf8'),
) as readonly { readonly name: string; readonly source: string; readonly line: string }[];

test.each(cases)('$name', ({ source, line }) => {
  const row = jsonRow(source);
  const [found] = recognise([row.value]);
  expect(chatLine(row, found!.mapping)).toEqual({ ok: true, value: line });
});
