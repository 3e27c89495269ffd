import { attributeOf, itemOf } from './attributes';
import type { Budget } from './budget';
import { contains, equals, order } from './compare';
import { refuse, unsupported } from './failure';
import { FILTERS } from './filters';
import { makeDict } from './hash';
import { listOf } from './iterate';
import type { Arguments, CompareOperator, Expression } from './nodes';
import { negate, operate } from './operators';
import type { Runtime } from './runtime';
import type { Scope } from './scope';
import { sliceOf } from './slices';
import { testNamed } from './tests';
import { str } from './text';
import { truthy } from './truth';
import { Callable, Dict, List, Loop, textOf, Tuple, typeName, Undefined, type Args, type Value } from './values';
import { message } from '../../../common/message';

/** Expressions, as jinja2.compiler makes Python of them. */
export class Evaluator implements Runtime {
  constructor(readonly budget: Budget) {}

  evaluate(node: Expression, scope: Scope): Value {
    this.budget.step();
    switch (node.type) {
      case 'constant':
        return node.value;
      case 'name':
        return this.name(node.name, scope);
      case 'tuple':
        return new Tuple(node.items.map((item) => this.evaluate(item, scope)));
      case 'list':
        return new List(node.items.map((item) => this.evaluate(item, scope)));
      case 'dict':
        return makeDict(node.pairs.map(([key, value]) => [this.evaluate(key, scope), this.evaluate(value, scope)]));
      case 'concat':
        return this.concat(node.items, scope);
      case 'attribute':
        return attributeOf(this.evaluate(node.object, scope), node.name);
      case 'item':
        return this.item(this.evaluate(node.object, scope), node.index, scope);
      case 'slice':
        // only ever the index of an item, or part of a tuple there, which no type of a template takes
        return unsupported(message('{0} in the chat template is not supported.', '[a:b, c]'));
      case 'call':
        return this.call(this.evaluate(node.callee, scope), this.args(node.args, scope));
      case 'filter':
        return this.filterNode(node, null, scope);
      case 'test':
        return this.test(node.name, this.args(node.args, scope, this.evaluate(node.operand, scope)));
      case 'not':
        return !truthy(this.evaluate(node.operand, scope));
      case 'sign':
        return negate(this.evaluate(node.operand, scope), node.negative);
      case 'binary':
        return operate(node.operator, this.evaluate(node.left, scope), this.evaluate(node.right, scope), this.budget);
      case 'and': {
        const left = this.evaluate(node.left, scope);
        return truthy(left) ? this.evaluate(node.right, scope) : left;
      }
      case 'or': {
        const left = this.evaluate(node.left, scope);
        return truthy(left) ? left : this.evaluate(node.right, scope);
      }
      case 'compare':
        return this.compare(node.first, node.rest, scope);
      case 'conditional':
        if (truthy(this.evaluate(node.test, scope))) return this.evaluate(node.value, scope);
        return node.otherwise === null
          ? new Undefined('the inline if-expression evaluated to false and no else section was defined.')
          : this.evaluate(node.otherwise, scope);
      default:
        return node satisfies never;
    }
  }

  private name(name: string, scope: Scope): Value {
    const value = scope.get(name);
    // the template itself, which jinja2 hands to whoever asks for it
    if (value === undefined && name === 'self')
      unsupported(message('{0} in the chat template is not supported.', name));
    return value === undefined ? new Undefined(`'${name}' is undefined`) : value;
  }

  private concat(items: readonly Expression[], scope: Scope): string {
    const parts = items.map((item) => str(this.evaluate(item, scope)));
    this.budget.write(parts.reduce((length, part) => length + part.length, 0));
    return parts.join('');
  }

  private item(object: Value, index: Expression, scope: Scope): Value {
    if (index.type !== 'slice') return itemOf(object, this.evaluate(index, scope));
    const bound = (node: Expression | null): Value => (node === null ? null : this.evaluate(node, scope));
    const bounds = { start: bound(index.start), stop: bound(index.stop), step: bound(index.step) };
    if (object instanceof Undefined) return refuse(object.message);
    // jinja2 asks obj[slice], and takes what no type knows for an attribute that isn't there
    return sliceOf(object, bounds) ?? new Undefined(`'${typeName(object)} object' has no element slice`);
  }

  private compare(first: Expression, rest: readonly (readonly [CompareOperator, Expression])[], scope: Scope): boolean {
    let left = this.evaluate(first, scope);
    for (const [operator, node] of rest) {
      const right = this.evaluate(node, scope);
      if (!holds(left, operator, right)) return false;
      left = right;
    }
    return true;
  }

  /** `value`: what a filter or test is about, which stands before its arguments. */
  args(node: Arguments, scope: Scope, value?: Value): Args {
    const positional = node.positional.map((argument) => this.evaluate(argument, scope));
    if (value !== undefined) positional.unshift(value);
    const named = new Map<string, Value>();
    const add = (name: string, item: Value): void => {
      if (named.has(name)) refuse(`got multiple values for keyword argument '${name}'`);
      named.set(name, item);
    };
    for (const [name, item] of node.named) add(name, this.evaluate(item, scope));
    if (node.spread !== null) positional.push(...listOf(this.evaluate(node.spread, scope)));
    if (node.namedSpread !== null) {
      const more = this.evaluate(node.namedSpread, scope);
      if (!(more instanceof Dict)) return refuse(`argument after ** must be a mapping, not ${typeName(more)}`);
      for (const [key, item] of more.entries.values()) add(textOf(key) ?? refuse('keywords must be strings'), item);
    }
    return { positional, named };
  }

  call(callee: Value, args: Args): Value {
    if (callee instanceof Callable) return this.handled(args, callee.call(args));
    if (callee instanceof Undefined) return refuse(callee.message);
    if (callee instanceof Loop) {
      if (callee.recurse !== null) return callee.recurse(args);
      return refuse("The loop must have the 'recursive' marker to be called recursively.");
    }
    return refuse(`'${typeName(callee)}' object is not callable`);
  }

  /** `body`: the text of the block that a filter without an operand is put on. */
  filterNode(node: Extract<Expression, { type: 'filter' }>, body: string | null, scope: Scope): Value {
    const { operand } = node;
    let value: Value;
    if (operand === null) value = body ?? '';
    else value = operand.type === 'filter' ? this.filterNode(operand, body, scope) : this.evaluate(operand, scope);
    return this.filter(node.name, this.args(node.args, scope, value));
  }

  filter(name: string, args: Args): Value {
    const filter = FILTERS.get(name) ?? refuse(`No filter named '${name}'.`);
    return this.handled(args, filter(args, this));
  }

  private handled(args: Args, result: Value): Value {
    for (const value of args.positional) this.budget.handle(value);
    this.budget.handle(result);
    return result;
  }

  test(name: string, args: Args): boolean {
    return testNamed(name)(args, this);
  }
}

function holds(left: Value, operator: CompareOperator, right: Value): boolean {
  switch (operator) {
    case '==':
      return equals(left, right);
    case '!=':
      return !equals(left, right);
    case '<':
      return order(left, right, operator, (sign) => sign < 0);
    case '<=':
      return order(left, right, operator, (sign) => sign <= 0);
    case '>':
      return order(left, right, operator, (sign) => sign > 0);
    case '>=':
      return order(left, right, operator, (sign) => sign >= 0);
    case 'in':
      return contains(right, left);
    case 'not in':
      return !contains(right, left);
    default:
      return operator satisfies never;
  }
}
