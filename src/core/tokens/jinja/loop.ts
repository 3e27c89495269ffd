import { equals } from './compare';
import { refuse } from './failure';
import { iterate, lengthOf, listOf } from './iterate';
import { Callable, Lazy, Loop, Tuple, Undefined, type Args, type Value } from './values';

/** jinja2.runtime.LoopContext: looks one item ahead only if asked, so that what is lazy stays lazy. */
export class LoopState {
  private iterator: Iterator<Value>;
  private index0 = -1;
  private known: number | null = null;
  private ahead: IteratorResult<Value, unknown> | null = null;
  private current: Value | undefined;
  private before: Value | undefined;
  private changedValue: Value | undefined;
  readonly loop: Loop;

  constructor(
    private readonly iterable: Value,
    private readonly depth0: number,
    recurse: ((args: Args) => Value) | null,
  ) {
    this.iterator = iterate(iterable);
    this.loop = new Loop((name) => this.attribute(name), recurse);
  }

  next(): IteratorResult<Value, unknown> {
    const result = this.ahead ?? this.iterator.next();
    this.ahead = null;
    if (result.done === true) return result;
    this.index0 += 1;
    this.before = this.current;
    this.current = result.value;
    return result;
  }

  private peek(): IteratorResult<Value, unknown> {
    this.ahead ??= this.iterator.next();
    return this.ahead;
  }

  private length(): number {
    if (this.known !== null) return this.known;
    if (!(this.iterable instanceof Lazy)) this.known = lengthOf(this.iterable);
    else {
      const rest = listOf(new Lazy(this.iterator));
      this.iterator = rest[Symbol.iterator]();
      this.known = rest.length + this.index0 + 1 + Number(this.ahead !== null && this.ahead.done !== true);
    }
    return this.known;
  }

  private attribute(name: string): Value | undefined {
    switch (name) {
      case 'index0':
        return BigInt(this.index0);
      case 'index':
        return BigInt(this.index0 + 1);
      case 'length':
        return BigInt(this.length());
      case 'revindex0':
        return BigInt(this.length() - this.index0 - 1);
      case 'revindex':
        return BigInt(this.length() - this.index0);
      case 'first':
        return this.index0 === 0;
      case 'last':
        return this.peek().done === true;
      case 'depth0':
        return BigInt(this.depth0);
      case 'depth':
        return BigInt(this.depth0 + 1);
      case 'previtem':
        return this.index0 === 0 ? new Undefined('there is no previous item') : this.before;
      case 'nextitem': {
        const next = this.peek();
        return next.done === true ? new Undefined('there is no next item') : next.value;
      }
      case 'cycle':
        return new Callable('cycle', ({ positional }) => {
          const item = positional[this.index0 % positional.length];
          return item === undefined ? refuse('no items for cycling given') : item;
        });
      case 'changed':
        return new Callable('changed', ({ positional }) => this.changed(new Tuple(positional)));
      default:
        return undefined;
    }
  }

  private changed(value: Tuple): boolean {
    if (this.changedValue !== undefined && equals(this.changedValue, value)) return false;
    this.changedValue = value;
    return true;
  }
}
