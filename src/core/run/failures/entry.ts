import { type Message, message } from '../../../common/message';
import type { MemoryLever } from '../../../protocol/model';
import type { Failure, ResolvedRecipe } from '../../../protocol/trainer';
import { valueText } from '../../recipe/edit';

/** One value of the recipe to set; null empties an optional one. */
export interface Change {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** What one click changes. */
export interface RecipeFix {
  readonly label: Message;
  /** What it gains or costs, in a few words; null where the label says all. */
  readonly note: Message | null;
  readonly changes: readonly Change[];
}

export interface Explanation {
  /** One sentence: what happened, with the facts. */
  readonly title: Message;
  /** What to do, the likeliest first. Never empty. */
  readonly remedies: readonly Message[];
  /** Changes of the recipe that may help, the best first; empty where none would. */
  readonly fixes: readonly RecipeFix[];
}

/** What is known beside the failure itself; the more, the more exact the fixes. */
export interface FailureContext {
  /** The recipe that ran, with every default. */
  readonly recipe: ResolvedRecipe['sections'] | null;
  /** What would take less memory, from the estimate. */
  readonly levers: readonly MemoryLever[] | null;
  /** Tokens of each row. */
  readonly lengths: readonly number[] | null;
}

export const NOTHING_KNOWN: FailureContext = { recipe: null, levers: null, lengths: null };

export type Entry = (failure: Failure, context: FailureContext) => Explanation;

/** What the recipe that ran said there; null where it isn't known. */
export function valueAt({ recipe }: FailureContext, path: readonly string[]): unknown {
  let value: unknown = recipe;
  for (const key of path) value = isRecord(value) ? value[key] : undefined;
  return value ?? null;
}

export function numberAt(context: FailureContext, path: readonly string[]): number | null {
  const value = valueAt(context, path);
  return typeof value === 'number' ? value : null;
}

export function textAt(context: FailureContext, path: readonly string[]): string | null {
  const value = valueAt(context, path);
  return typeof value === 'string' ? value : null;
}

/** Sets one value, in words that name it. */
export function setting(path: readonly string[], value: unknown, note: Message | null = null): RecipeFix {
  const key = path.at(-1) ?? '';
  const label = value === null ? message('Leave {0} empty', key) : message('Set {0} to {1}', key, valueText(value));
  return { label, note, changes: [{ path, value }] };
}

/** Sets two values that belong together. */
export function settings(first: Change, second: Change, note: Message | null = null): RecipeFix {
  const key = ({ path }: Change): string => path.at(-1) ?? '';
  const [one, other] = [valueText(first.value), valueText(second.value)];
  return {
    label: message('Set {0} to {1} and {2} to {3}', key(first), one, key(second), other),
    note,
    changes: [first, second],
  };
}

/** A fact as text; null where the trainer didn't tell it. */
export function fact({ facts }: Failure, name: string): string | null {
  const value = facts[name];
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

export function numberFact({ facts }: Failure, name: string): number | null {
  const value = facts[name];
  return typeof value === 'number' ? value : null;
}

export function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(bytes < 1e9 ? 2 : 1);
}

/** Two digits are enough for a learning rate. */
export function rounded(value: number): number {
  return Number(value.toPrecision(2));
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
