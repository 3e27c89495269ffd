import { array, assert, integer, property, string, stringMatching } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bytes, clock, count, figure } from '../../../src/cli/text/amounts';
import { printable } from '../../../src/cli/text/printable';
import { cut, padEnd, width, wrap } from '../../../src/cli/text/width';

describe('width', () => {
  test('counts cells, not characters', () => {
    expect(width('abc')).toBe(3);
    expect(width('微调')).toBe(4);
    expect(width('e\u0301')).toBe(1);
    expect(width('😀')).toBe(2);
  });

  test('padding fills to the same number of cells', () => {
    expect(width(padEnd('损失', 8))).toBe(8);
    expect(padEnd('already longer', 3)).toBe('already longer');
  });

  test('cutting keeps within the cells, even of wide characters', () => {
    expect(cut('abcdef', 6)).toBe('abcdef');
    expect(cut('abcdefg', 6)).toBe('abcde…');
    assert(
      property(string({ unit: 'grapheme' }), integer({ min: 1, max: 40 }), (text, cells) => {
        expect(width(cut(text, cells))).toBeLessThanOrEqual(cells);
      }),
    );
  });
});

describe('wrap', () => {
  test('breaks between words, and anywhere in Chinese or in a long word', () => {
    expect(wrap('In this sandwich, bacon there is.', 14)).toEqual(['In this', 'sandwich,', 'bacon there', 'is.']);
    expect(wrap('这个三明治里有培根', 8)).toEqual(['这个三明', '治里有培', '根']);
    expect(wrap('a/very/long/path', 6)).toEqual(['a/very', '/long/', 'path']);
    expect(wrap('two\nlines', 20)).toEqual(['two', 'lines']);
  });

  test('loses no word and keeps within the cells', () => {
    const words = array(stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 30 });
    assert(
      property(words, integer({ min: 12, max: 60 }), (parts, cells) => {
        const lines = wrap(parts.join(' '), cells);
        expect(lines.join(' ').split(' ')).toEqual(parts);
        expect(Math.max(...lines.map(width))).toBeLessThanOrEqual(cells);
      }),
    );
  });
});

test('text of a model cannot steer the terminal', () => {
  expect(printable('a\u001B[2Jb\u0007')).toBe('a\\u001b[2Jb\\u0007');
  expect(printable('safe\u202Eevil')).toBe('safe\\u202eevil');
  expect(printable('kept:\ttab\nline\r\n')).toBe('kept:\ttab\nline\n');
});

test('amounts as people read them', () => {
  expect([clock(0), clock(65), clock(7389)]).toEqual(['0:00', '1:05', '2:03:09']);
  expect([bytes(999), bytes(339_968), bytes(1.6e9)]).toEqual(['999 B', '340 KB', '1.6 GB']);
  expect(count(12_582_912)).toBe('12,582,912');
  expect([figure(null), figure(2e-4), figure(2.5), figure(0.2534), figure(Number.NaN)]).toEqual([
    '–',
    '2.00e-4',
    '2.50',
    '0.2534',
    'NaN',
  ]);
});
