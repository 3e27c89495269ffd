import { isWord, lower } from './pythonRegexSets';
import type { Regex } from './pythonRegexTree';

/** Enough for every pattern over a module's name that a person would write; `(.*)*x` and its like end here. */
const MAX_STEPS = 200_000;

/** A pattern that takes too long, in Python too. */
export class RegexTooSlow extends Error {}

export type Next = (at: number) => boolean;
/** Tries to match at a place and asks `next` about each way to end; false: none is good. */
export type Matcher = (run: Run, at: number, next: Next) => boolean;

export interface Run {
  readonly text: readonly number[];
  /** Where each group begins and ends; -1 for one that took no part. */
  readonly from: number[];
  readonly to: number[];
  steps: number;
}

export function compileRegex(regex: Regex): Matcher {
  switch (regex.kind) {
    case 'set':
      return ({ text }, at, next) => {
        const code = text[at];
        return code !== undefined && regex.has(code) && next(at + 1);
      };
    case 'all':
      return sequence(regex.parts.map(compileRegex));
    case 'either': {
      const branches = regex.branches.map(compileRegex);
      return (run, at, next) => branches.some((branch) => branch(run, at, next));
    }
    case 'repeat': {
      const repeated = repeat(compileRegex(regex.body), regex.min, regex.max, regex.mode === 'lazy');
      return regex.mode === 'possessive' ? atomic(repeated) : repeated;
    }
    case 'group':
      return capture(compileRegex(regex.body), regex.index);
    case 'atomic':
      return atomic(compileRegex(regex.body));
    case 'look':
      return look(compileRegex(regex.body), regex.back, regex.negative);
    case 'at':
      return ({ text }, at, next) => isAt(text, at, regex.where) && next(at);
    case 'again':
      return again(regex.index, regex.ignoreCase);
    case 'if': {
      const [yes, no] = [compileRegex(regex.yes), compileRegex(regex.no)];
      return (run, at, next) => ((run.to[regex.index] ?? -1) >= 0 ? yes : no)(run, at, next);
    }
  }
}

function sequence(parts: readonly Matcher[]): Matcher {
  return (run, at, next) => {
    const from = (index: number, place: number): boolean => {
      const part = parts[index];
      return part === undefined ? next(place) : part(run, place, (end) => from(index + 1, end));
    };
    return from(0, at);
  };
}

function repeat(body: Matcher, min: number, max: number, lazy: boolean): Matcher {
  return (run, at, next) => {
    const from = (times: number, place: number): boolean => {
      if (++run.steps > MAX_STEPS) throw new RegexTooSlow();
      // a round that takes nothing would go on for ever
      const more = () =>
        times < max &&
        body(
          run,
          place,
          (end) => (end > place || times < min) && from(Math.max(times + 1, end > place ? 0 : min), end),
        );
      if (times < min) return more();
      return lazy ? next(place) || more() : more() || next(place);
    };
    return from(0, at);
  };
}

function capture(body: Matcher, index: number): Matcher {
  return (run, at, next) => {
    const [from, to] = [run.from[index] ?? -1, run.to[index] ?? -1];
    const found = body(run, at, (end) => {
      const [innerFrom, innerTo] = [run.from[index] ?? -1, run.to[index] ?? -1];
      run.from[index] = at;
      run.to[index] = end;
      if (next(end)) return true;
      run.from[index] = innerFrom;
      run.to[index] = innerTo;
      return false;
    });
    if (!found) {
      run.from[index] = from;
      run.to[index] = to;
    }
    return found;
  };
}

/** The first way that the body matches is the only one. */
function atomic(body: Matcher): Matcher {
  return (run, at, next) => {
    const [from, to] = [run.from.slice(), run.to.slice()];
    let end = -1;
    const found = body(run, at, (place) => {
      end = place;
      return true;
    });
    if (found && next(end)) return true;
    restore(run, from, to);
    return false;
  };
}

function look(body: Matcher, back: number, negative: boolean): Matcher {
  return (run, at, next) => {
    const [from, to] = [run.from.slice(), run.to.slice()];
    const found = at >= back && body(run, at - back, (end) => back === 0 || end === at);
    if (negative) restore(run, from, to);
    if (found !== negative && next(at)) return true;
    restore(run, from, to);
    return false;
  };
}

function restore(run: Run, from: readonly number[], to: readonly number[]): void {
  run.from.splice(0, from.length, ...from);
  run.to.splice(0, to.length, ...to);
}

/** A group that took no part never matches in Python; in JavaScript it always does. */
function again(index: number, ignoreCase: boolean): Matcher {
  return (run, at, next) => {
    const [from, to] = [run.from[index] ?? -1, run.to[index] ?? -1];
    if (from < 0) return false;
    for (let offset = 0; offset < to - from; offset++) {
      const [wanted, there] = [run.text[from + offset], run.text[at + offset]];
      if (wanted === undefined || there === undefined) return false;
      if (wanted !== there && !(ignoreCase && lower(wanted) === lower(there))) return false;
    }
    return next(at + to - from);
  };
}

type Place = Extract<Regex, { readonly kind: 'at' }>['where'];

function isAt(text: readonly number[], at: number, where: Place): boolean {
  const before = text[at - 1];
  const after = text[at];
  switch (where) {
    case 'start':
      return at === 0;
    case 'lineStart':
      return before === undefined || before === 10;
    case 'textEnd':
      return after === undefined;
    case 'end':
      return after === undefined || (after === 10 && at === text.length - 1);
    case 'lineEnd':
      return after === undefined || after === 10;
    case 'word':
      return (before !== undefined && isWord(before)) !== (after !== undefined && isWord(after));
    case 'notWord':
      return text.length > 0 && !isAt(text, at, 'word');
  }
}
