import { existsSync } from 'node:fs';
import * as path from 'node:path';
import { message } from '../../common/message';
import { chatFileName } from '../../core/data/chatFileName';
import { RequestError } from '../../protocol/channel';

const LINES = /(?:\.chat)?\.jsonl$/i;

/** The name that is proposed: rows.csv.gz → rows.chat.jsonl, beside the source. */
export function proposedTarget(source: string): string {
  return chatFileName(path.basename(source));
}

/** Where a name leads that a person typed: beside the source, unless it is a whole path. Throws RequestError. */
export function targetPath(source: string, typed: string): string {
  const target = path.resolve(path.dirname(source), typed.trim());
  if (target === path.resolve(source))
    throw new RequestError(message('The result can’t take the place of its source. Choose another name.'));
  if (!/\.jsonl$/i.test(target))
    throw new RequestError(message('The result is JSON Lines: give it a name that ends with {0}.', '.jsonl'));
  return target;
}

export function exists(target: string): boolean {
  return existsSync(target);
}

/** As short as it can be typed: the name alone beside the source. */
export function typedTarget(source: string, target: string): string {
  const relative = path.relative(path.dirname(source), target);
  return relative.startsWith('..') || path.isAbsolute(relative) ? target : relative;
}

/** The first of rows-2.chat.jsonl, rows-3.chat.jsonl, … that isn't there yet. */
export function freeTarget(target: string): string {
  const ending = LINES.exec(target)?.[0] ?? '';
  const stem = target.slice(0, target.length - ending.length);
  for (let number = 2; ; number++) {
    const candidate = `${stem}-${number}${ending}`;
    if (!existsSync(candidate)) return candidate;
  }
}
