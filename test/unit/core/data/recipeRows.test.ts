import { expect, it } from 'vitest';
import { RecipeRows } from '../../../../src/core/data/recipeRows';
import { splitRows } from '../../../../src/core/data/recipeRowsSplit';
import { RowError } from '../../../../src/core/data/rowError';
import { PythonFloat } from '../../../../src/core/tokens/jinja/convert';
import { readParity } from '../../parityFile';

// SAFETY: tools/parity/rows_reference.py writes it so.
const reference = readParity('rows.json.gz') as {
  tables: {
    columns: Record<string, string | null>;
    systemPrompt: string | null;
    rows: string[];
    refused: string[] | null;
    read: (string | null)[];
  }[];
  splits: {
    rows: number;
    wanted: number;
    shuffle: boolean;
    seed: number;
    train: number[] | null;
    evaluation: number[] | null;
  }[];
};

/** As json.dumps writes it: a float has a point, a Map keeps its order. */
function pythonJson(value: unknown): string {
  if (value instanceof PythonFloat) return Number.isInteger(value.value) ? `${value.value}.0` : `${value.value}`;
  if (typeof value === 'bigint') return String(value);
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries: [string, unknown][] = value instanceof Map ? [...value] : Object.entries(value);
    return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${pythonJson(member)}`).join(',')}}`;
  }
  // ensure_ascii
  return (JSON.stringify(value) ?? 'null').replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

it('reads rows as the trainer does', () => {
  let read = 0;
  for (const { columns, systemPrompt, rows, refused, read: expected } of reference.tables) {
    const values = rows.map((text) => JSON.parse(text) as Record<string, unknown>);
    const names = [...new Set(values.flatMap((value) => Object.keys(value)))];
    const reader = RecipeRows.of(columns, names, systemPrompt);
    expect(reader.ok ? null : reader.error.recipePath).toEqual(refused);
    if (!reader.ok) continue;
    for (const [row, text] of rows.entries()) {
      let said: string | null = null;
      try {
        said = pythonJson(reader.value.read({ row, line: row + 1, text, value: values[row] ?? {} }));
        read++;
      } catch (error) {
        expect(error, text).toBeInstanceOf(RowError);
      }
      expect(said, text).toBe(expected[row]);
    }
  }
  expect(read).toBeGreaterThan(20);
});

it('keeps apart the rows that the trainer keeps apart', () => {
  for (const { rows, wanted, shuffle, seed, train, evaluation } of reference.splits) {
    const split = splitRows(rows, wanted, shuffle, seed);
    const name = `${wanted} of ${rows}, seed ${seed}, ${shuffle ? 'mixed' : 'in order'}`;
    expect(split.ok ? split.value : { train: null, evaluation: null }, name).toEqual({ train, evaluation });
  }
});
