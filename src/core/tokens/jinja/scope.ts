import { refuse } from './failure';
import type { Symbols } from './symbols';
import type { Value } from './values';

/** jinja2.runtime.Context: what the template was given, and what its outermost level has set since. */
export class Context {
  private readonly set = new Map<string, Value>();
  constructor(private readonly given: ReadonlyMap<string, Value>) {}

  resolve(name: string): Value | undefined {
    const own = this.set.get(name);
    return own === undefined ? this.given.get(name) : own;
  }

  store(name: string, value: Value): void {
    this.set.set(name, value);
  }
}

/** A frame while it runs; an if has none of its own. */
export class Scope {
  private readonly values = new Map<string, Value>();

  constructor(
    readonly symbols: Symbols,
    private readonly parent: Scope | null,
    readonly context: Context,
  ) {
    for (const [name, load] of symbols.entries()) {
      const value = load === 'context' ? context.resolve(name) : load === 'outer' ? parent?.get(name) : undefined;
      if (value !== undefined) this.values.set(name, value);
    }
  }

  inner(symbols: Symbols): Scope {
    return new Scope(symbols, this, this.context);
  }

  /** Undefined where nothing was set. */
  get(name: string): Value | undefined {
    if (this.symbols.has(name)) return this.values.get(name);
    // jinja2 fails as well (Symbols.ref): nothing announces the names in {% set x | filter(name) %}
    if (this.parent === null)
      return refuse(`Tried to resolve a name to a reference that was unknown to the frame ('${name}')`);
    return this.parent.get(name);
  }

  set(name: string, value: Value): void {
    this.values.set(name, value);
    if (this.parent === null) this.context.store(name, value);
  }
}
