import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { joinRecipe, type RecipeCell, splitRecipe } from '../../../../src/core/recipe/cells';

const file = 'test.tune.yaml';

function split(text: string) {
  const result = splitRecipe(text, { file });
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

const edited = (cell: RecipeCell, text: string): RecipeCell => ({ ...cell, text });

const SAMPLE = `# # Title
#
# words
model:
  model_name_or_path: ./base # inline

# between

# and another
lora:
  r: 8

  # inside
# also inside, though at column 1
  lora_alpha: 16
# after
`;

describe('splitRecipe', () => {
  test('makes sections code and comments between them markdown', () => {
    expect(split(SAMPLE).cells.map(({ kind, text }) => [kind, text])).toEqual([
      ['markdown', '# Title\n\nwords'],
      ['section', 'model:\n  model_name_or_path: ./base # inline'],
      ['markdown', 'between'],
      ['markdown', 'and another'],
      ['section', 'lora:\n  r: 8\n\n  # inside\n# also inside, though at column 1\n  lora_alpha: 16'],
      ['markdown', 'after'],
    ]);
  });

  test('takes lines that only look like keys or comments as the text they are', () => {
    const text =
      'tokenizer:\n  chat_template: |\n    # no comment\n    model:\n\nlora: {r: 8,\n  bias: "a\n\n  lora: x"}\n';
    expect(split(text).cells.map((cell) => cell.kind === 'section' && cell.section)).toEqual(['tokenizer', 'lora']);
  });

  test.each([
    ['an empty file', '', 0],
    ['comments alone', '# a\n\n# b\n', 2],
    ['a byte order mark, directives, and an end mark', '\uFEFF%YAML 1.2\n---\n\nmodel:\n  a: 1\n...\n# end\n', 1],
  ])('opens %s', (_, text, count) => {
    const { cells, trivia } = split(text);
    expect(cells).toHaveLength(count);
    expect(joinRecipe(cells, trivia)).toBe(text);
  });

  test.each([
    ['broken YAML', 'model: [\n'],
    ['a list', '- model\n- lora\n'],
    ['plain text', 'hello'],
    ['a flow mapping', '{model: {}, lora: {}}\n'],
    ['an indented top level', '  model:\n    a: 1\n'],
    ['two documents', 'model:\n---\nlora:\n'],
    ['the same section twice', 'model:\nlora:\nmodel:\n'],
    ['a NUL', 'model:\n  a: \0\n'],
    ['a tab', 'model:\n\ta: 1\n'],
  ])('refuses %s, with a place and a remedy', (_, text) => {
    const result = splitRecipe(text, { file });
    expect(result.ok).toBe(false);
    if (result.ok) return;
    const [problem] = result.error;
    expect(problem).toMatchObject({ file, severity: 'error' });
    expect(problem!.line).toBeGreaterThan(0);
    expect(problem!.remedy.text).not.toBe('');
  });
});

describe('joinRecipe', () => {
  test('changes only the bytes of an edited cell', () => {
    const { cells, trivia } = split(SAMPLE);
    const changed = cells.map((cell) =>
      cell.kind === 'section' && cell.section === 'model' ? edited(cell, 'model:\n  model_name_or_path: other') : cell,
    );
    expect(joinRecipe(changed, trivia)).toBe(SAMPLE.replace('./base # inline', 'other'));
  });

  test('writes CRLF where the file has it, and comment marks as the file has them', () => {
    const { cells, trivia } = split('#a\r\n#b\r\nmodel:\r\n  a: 1\r\n');
    const changed = cells.map((cell) => edited(cell, `${cell.text}\n${cell.kind === 'markdown' ? '\nc' : '  b: 2'}`));
    expect(joinRecipe(changed, trivia)).toBe('#a\r\n#b\r\n#\r\n#c\r\nmodel:\r\n  a: 1\r\n  b: 2\r\n');
  });

  test('puts new cells where they stand, apart from what is around them', () => {
    const { cells, trivia } = split('model:\n  a: 1');
    const added: RecipeCell[] = [
      ...cells,
      { kind: 'markdown', text: 'One', trivia: null },
      { kind: 'markdown', text: 'Two\n\nThree', trivia: null },
      { kind: 'section', section: 'lora', text: 'lora:\n  r: 8\n\n', trivia: null },
      { kind: 'section', section: '', text: ' \n', trivia: null },
    ];
    const text = 'model:\n  a: 1\n\n# One\n\n# Two\n#\n# Three\nlora:\n  r: 8\n';
    expect(joinRecipe(added, trivia)).toBe(text);
    expect(split(text).cells.map((cell) => cell.text)).toEqual([
      'model:\n  a: 1',
      'One',
      'Two\n\nThree',
      'lora:\n  r: 8',
    ]);
  });

  test('makes a new document of new cells', () => {
    expect(joinRecipe([{ kind: 'section', section: 'model', text: 'model:\n  a: 1', trivia: null }], null)).toBe(
      'model:\n  a: 1\n',
    );
  });
});

describe('any recipe', () => {
  const word = fc.stringMatching(/^[a-z][a-z_]{0,8}$/);
  const value = fc.oneof(
    word,
    fc.integer().map(String),
    fc.constantFrom(
      '"quoted: # text"',
      "'a b'",
      '[1, two]',
      '{x: 1}',
      '|\n    text\n    # text\n\n    text',
      '>-\n    folded\n',
      '',
    ),
  );
  const line = fc.oneof({
    weight: 5,
    arbitrary: fc.tuple(value, fc.constantFrom('', ' # why')).map(([v, c]) => ({ v, c: v.includes('\n') ? '' : c })),
  });
  const section = fc.record({
    lines: fc.array(fc.tuple(line, fc.constantFrom('', '\n', '  # inside\n', '# column one\n')), {
      minLength: 1,
      maxLength: 4,
    }),
    gap: fc.constantFrom('', '\n', '\n\n', '# c\n', '\n# a\n#b\n\n#\n# c\n', '   \n\n'),
  });
  const recipe = fc
    .record({
      head: fc.constantFrom(
        '',
        '\uFEFF',
        '# # Title\n#\n# text\n',
        '\n\n',
        '---\n',
        '%YAML 1.2\n---\n# x\n',
        '\uFEFF# t\n\n',
      ),
      names: fc.uniqueArray(word, { minLength: 1, maxLength: 6 }),
      sections: fc.array(section, { minLength: 6, maxLength: 6 }),
      tail: fc.constantFrom('', '...\n', '...\n# after\n'),
      crlf: fc.boolean(),
      final: fc.boolean(),
    })
    .map(({ head, names, sections, tail, crlf, final }) => {
      const body = names.map((name, index) => {
        const { lines, gap } = sections[index]!;
        const keys = lines.map(([{ v, c }, inside], k) => `  k${k}: ${v}${c}\n${inside}`).join('');
        return `${name}:\n${keys}${gap}`;
      });
      let text = head + body.join('') + tail;
      if (!final && tail === '') text = text.replace(/\n+$/, '');
      return crlf ? text.replaceAll('\n', '\r\n') : text;
    });

  test('unchanged gives the same bytes', () => {
    fc.assert(
      fc.property(recipe, (text) => {
        const { cells, trivia } = split(text);
        expect(joinRecipe(cells, trivia)).toBe(text);
        // and after its way through JSON, as notebook metadata go
        const copy = JSON.parse(JSON.stringify({ cells, trivia })) as { cells: RecipeCell[]; trivia: typeof trivia };
        expect(joinRecipe(copy.cells, copy.trivia)).toBe(text);
      }),
      { numRuns: 400 },
    );
  });

  test('with one section edited changes nothing else', () => {
    fc.assert(
      fc.property(recipe, fc.nat(), (text, pick) => {
        const { cells, trivia } = split(text);
        const sections = cells.filter((cell) => cell.kind === 'section');
        const chosen = sections[pick % sections.length]!;
        const eol = trivia.eol;
        const joined = joinRecipe(
          cells.map((cell) => (cell === chosen ? edited(cell, `${chosen.section}:\n  changed: 1`) : cell)),
          trivia,
        );
        const at = text.indexOf(chosen.trivia!.raw, trivia.before.length);
        expect(joined.startsWith(text.slice(0, Math.max(0, at)))).toBe(true);
        expect(joined).toContain(`${chosen.section}:${eol}  changed: 1`);
        expect(joined.length).toBe(
          text.length - chosen.trivia!.raw.length + `${chosen.section}:${eol}  changed: 1`.length,
        );
      }),
      { numRuns: 200 },
    );
  });

  test('with cells deleted, moved and added is YAML with the same values', () => {
    fc.assert(
      fc.property(recipe, fc.array(fc.nat(), { minLength: 8, maxLength: 8 }), fc.nat(), (text, order, drop) => {
        const { cells, trivia } = split(text);
        const values = parse(text) as Record<string, unknown>;
        const shuffled = cells
          .map((cell, index) => ({ cell, by: order[index % order.length]! * 31 + index }))
          .toSorted((a, b) => a.by - b.by)
          .map(({ cell }) => cell)
          .filter((_, index) => index !== drop % cells.length);
        const all: RecipeCell[] = [{ kind: 'markdown', text: 'New\n\n# one', trivia: null }, ...shuffled];
        const joined = joinRecipe(all, trivia);
        const names = shuffled.flatMap((cell) => (cell.kind === 'section' ? [cell.section] : []));
        const now = (parse(joined) ?? {}) as Record<string, unknown>;
        expect(Object.keys(now)).toEqual(names);
        // the last line end of a |-block is its own: a cell that comes last may lose an empty line
        for (const name of names) expect(Object.keys(now[name] ?? {})).toEqual(Object.keys(values[name] ?? {}));
        const again = split(joined);
        expect(again.cells.map(({ kind }) => kind)).toEqual(all.map(({ kind }) => kind));
        expect(joinRecipe(again.cells, again.trivia)).toBe(joined);
      }),
      { numRuns: 300 },
    );
  });
});

describe('the samples', () => {
  const root = path.resolve(import.meta.dirname, '../../../../samples');
  const recipes = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.tune.yaml'),
  );
  test.each(recipes)('%s splits into the seven sections and joins to the same bytes', (name) => {
    const text = readFileSync(path.join(root, name), 'utf8');
    const { cells, trivia } = split(text);
    expect(cells.flatMap((cell) => (cell.kind === 'section' ? [cell.section] : []))).toEqual([
      'model',
      'lora',
      'data',
      'tokenizer',
      'train',
      'generate',
      'save',
    ]);
    expect(joinRecipe(cells, trivia)).toBe(text);
  });
});
