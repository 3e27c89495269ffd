/**
 * What Python's values are here: None is null, int is bigint, float is number (so that 1 and 1.0 stay apart), str and
 * bool are themselves; the rest are the classes below.
 */
export type Value =
  | null
  | boolean
  | bigint
  | number
  | string
  | List
  | Tuple
  | Dict
  | Undefined
  | Callable
  | Lazy
  | Range
  | View
  | Namespace
  | Markup
  | Loop;

export class List {
  constructor(readonly items: readonly Value[]) {}
}

export class Tuple {
  constructor(
    readonly items: readonly Value[],
    /** Of a named tuple, as groupby makes: their names in order. */
    readonly names: readonly string[] = [],
  ) {}
}

/** Keys by `hashKey` of hash.ts: 1, 1.0 and True are one key, as in Python. */
export class Dict {
  constructor(readonly entries: Map<string, readonly [key: Value, value: Value]> = new Map()) {}
}

export class Undefined {
  constructor(
    /** jinja2's Undefined._undefined_message. */
    readonly message: string,
  ) {}
}

export interface Args {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

/** A method of a Python type. */
export type Method<T> = (self: T, args: Args) => Value;

export class Callable {
  constructor(
    readonly name: string,
    readonly call: (args: Args) => Value,
    /** macro: printing one is well defined. */
    readonly kind: 'function' | 'macro' | 'method' = 'function',
  ) {}
}

/** A generator or iterator of Python: always true, without a length, used up once read. */
export class Lazy {
  constructor(readonly iterator: Iterator<Value>) {}
}

export class Range {
  constructor(
    readonly start: bigint,
    readonly stop: bigint,
    readonly step: bigint,
  ) {}

  get length(): number {
    const span = this.step > 0n ? this.stop - this.start : this.start - this.stop;
    const size = this.step > 0n ? this.step : -this.step;
    return span <= 0n ? 0 : Number((span + size - 1n) / size);
  }

  at(index: number): bigint {
    return this.start + BigInt(index) * this.step;
  }
}

/** dict.keys(), .values(), .items() */
export class View {
  constructor(
    readonly dict: Dict,
    readonly kind: 'keys' | 'values' | 'items',
  ) {}

  items(): Value[] {
    const entries = [...this.dict.entries.values()];
    if (this.kind === 'keys') return entries.map(([key]) => key);
    if (this.kind === 'values') return entries.map(([, value]) => value);
    return entries.map(([key, value]) => new Tuple([key, value]));
  }
}

export class Namespace {
  constructor(readonly attributes: Map<string, Value>) {}
}

/** markupsafe.Markup, which the filters safe and escape make: a str whose `+` escapes the other side. */
export class Markup {
  constructor(readonly text: string) {}
}

/** jinja2.runtime.LoopContext: attributes by name, undefined for a name it doesn't have. */
export class Loop {
  constructor(
    readonly attribute: (name: string) => Value | undefined,
    /** loop(items) in a recursive loop. */
    readonly recurse: ((args: Args) => Value) | null,
  ) {}
}

/** The name that Python's messages give a value's type. */
export function typeName(value: Value): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return 'float';
  if (typeof value === 'string') return 'str';
  if (value instanceof List) return 'list';
  if (value instanceof Tuple) return 'tuple';
  if (value instanceof Dict) return 'dict';
  if (value instanceof Undefined) return 'Undefined';
  if (value instanceof Lazy) return 'generator';
  if (value instanceof Range) return 'range';
  if (value instanceof View) return `dict_${value.kind}`;
  if (value instanceof Namespace) return 'Namespace';
  if (value instanceof Markup) return 'Markup';
  if (value instanceof Loop) return 'LoopContext';
  return value.kind === 'macro' ? 'Macro' : 'function';
}

/** The text of a str or Markup; null for anything else. */
export function textOf(value: Value): string | null {
  if (typeof value === 'string') return value;
  return value instanceof Markup ? value.text : null;
}

/** int or bool as a bigint; null for anything else. */
export function integerOf(value: Value): bigint | null {
  if (typeof value === 'bigint') return value;
  return typeof value === 'boolean' ? BigInt(value) : null;
}
