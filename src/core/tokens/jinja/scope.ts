import type { Value } from './values';

/** Names as jinja2's frames have them: what is set in a loop, macro or block ends with it; an if has no scope of its own. */
export class Scope {
  private readonly names = new Map<string, Value>();
  constructor(private readonly parent: Scope | null) {}

  get(name: string): Value | undefined {
    const own = this.names.get(name);
    return own === undefined && this.parent !== null ? this.parent.get(name) : own;
  }

  set(name: string, value: Value): void {
    this.names.set(name, value);
  }
}
