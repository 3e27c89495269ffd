import type { ModelStructure } from '../../../protocol/model';
import { grouped } from './grouped';
import { blockOf } from './groups';
import { isLinear } from './layerKind';
import { parentOf } from './matchNames';

/** A pattern for exclude_modules over all that isn't the text model; null for a model of text alone. */
export function outsideText({ modules }: ModelStructure): string | null {
  const linear = modules.filter(isLinear);
  const text = linear.filter(({ part }) => part === 'text').map(({ name }) => name);
  const tops = new Set<string>();
  for (const { name, part } of linear) {
    if (part === 'text') continue;
    let top = name;
    const isApart = (container: string) => container !== '' && !text.some((other) => other.startsWith(`${container}.`));
    while (isApart(parentOf(top))) top = parentOf(top);
    tops.add(top);
  }
  if (tops.size === 0) return null;
  const single = new Set(linear.map(({ name }) => name));
  return either([...tops].map((top) => escaped(top) + (single.has(top) ? '' : String.raw`\..*`)));
}

/** A pattern over whole names that exactly these layers match: for the blocks that have the same layers, one piece. */
export function patternOf({ modules }: ModelStructure, names: readonly string[]): string {
  const wanted = new Set(names);
  const alone: string[] = [];
  /** By list of blocks and end of name: the numbers of the blocks. */
  const numbers = new Map<string, Map<string, number[]>>();
  for (const module of modules) {
    if (!wanted.has(module.name)) continue;
    const block = blockOf(module);
    if (block === null || module.block === null) {
      alone.push(escaped(module.name));
      continue;
    }
    const ends = numbers.get(parentOf(block)) ?? new Map<string, number[]>();
    const end = module.name.slice(block.length);
    ends.set(end, [...(ends.get(end) ?? []), module.block]);
    numbers.set(parentOf(block), ends);
  }
  const pieces = [...numbers].flatMap(([list, ends]) => {
    const byNumbers = grouped(ends, ([, blocks]) => blocks.join());
    return [...byNumbers.values()].map((same) => {
      const blocks = same[0]?.[1] ?? [];
      return `${escaped(list)}\\.${either(numberPieces(blocks))}${either(same.map(([end]) => escaped(end)))}`;
    });
  });
  return [...pieces, ...alone].join('|');
}

/** 0 to 12 as [0-9] and 1[0-2]. */
function numberPieces(numbers: readonly number[]): readonly string[] {
  const byTens = grouped(numbers, (number) => Math.floor(number / 10));
  return [...byTens].map(([tens, members]) => {
    const before = tens === 0 ? '' : String(tens);
    const digits = members.map((number) => number % 10).sort((a, b) => a - b);
    const [first = 0, last = 0] = [digits[0], digits.at(-1)];
    if (digits.length === 1) return `${before}${first}`;
    return last - first + 1 === digits.length ? `${before}[${first}-${last}]` : `${before}[${digits.join('')}]`;
  });
}

function either(pieces: readonly string[]): string {
  return pieces.length === 1 ? (pieces[0] ?? '') : `(?:${pieces.join('|')})`;
}

function escaped(name: string): string {
  return name.replaceAll('.', String.raw`\.`);
}
