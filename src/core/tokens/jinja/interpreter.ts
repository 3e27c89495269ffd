import { refuse } from './failure';
import { iterate, listOf } from './iterate';
import { LoopState } from './loop';
import type { Body, Expression, Statement, Target } from './nodes';
import { Evaluator } from './evaluator';
import { Output } from './output';
import type { Scope } from './scope';
import { str } from './text';
import { truthy } from './truth';
import { Callable, Lazy, Namespace, type Args, type Value } from './values';
import { bindMacro } from './macro';
import type { FrameTable } from './frames';
import { bind } from './arguments';
import type { Budget } from './budget';
import { codePoints } from './characters';

type Flow = 'on' | 'break' | 'continue';
type Macro = Extract<Statement, { type: 'macro' | 'callBlock' }>;
type For = Extract<Statement, { type: 'for' }>;

/** In code points, as Python counts. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Statements, as jinja2.compiler makes Python of them. */
export class Interpreter {
  private readonly evaluator: Evaluator;
  private readonly root: Output;
  /** transformers' AssistantTracker: spans as it counts them, in the order in which the blocks end. */
  readonly generation: Span[] = [];
  /** What the last macro wrote: if just that is printed, its lines are known. */
  private made: Output | null = null;

  constructor(
    private readonly budget: Budget,
    private readonly frames: FrameTable,
  ) {
    this.evaluator = new Evaluator(budget);
    this.root = new Output(budget);
  }

  run(body: Body, scope: Scope): Output {
    this.body(body, scope, this.root);
    return this.root;
  }

  private body(body: Body, scope: Scope, out: Output): Flow {
    for (const statement of body) {
      const flow = this.statement(statement, scope, out);
      if (flow !== 'on') return flow;
    }
    return 'on';
  }

  private statement(node: Statement, scope: Scope, out: Output): Flow {
    this.budget.step();
    switch (node.type) {
      case 'data':
        out.data(node.text, node.line);
        return 'on';
      case 'print':
        this.print(node.value, node.line, scope, out);
        return 'on';
      case 'if': {
        const branch = node.branches.find(({ test }) => truthy(this.evaluator.evaluate(test, scope)));
        return this.body(branch?.body ?? node.otherwise, scope, out);
      }
      case 'for':
        return this.for(node, this.evaluator.evaluate(node.iterable, scope), scope, out, 0);
      case 'set':
        this.assign(node.target, this.evaluator.evaluate(node.value, scope), scope);
        return 'on';
      case 'setBlock': {
        const inner = this.inner(node, scope);
        const { flow, output } = this.collect(node.body, inner);
        // a break within leaves before anything is set
        if (flow !== 'on') return flow;
        this.assign(node.target, this.filtered(node.filter, output.text(), inner), scope);
        return 'on';
      }
      case 'filterBlock': {
        const inner = this.inner(node, scope);
        const { flow, output } = this.collect(node.body, inner);
        if (flow !== 'on') return flow;
        out.print(str(this.filtered(node.filter, output.text(), inner)), node.line);
        return 'on';
      }
      case 'with': {
        const inner = this.inner(node, scope);
        for (const [target, value] of node.pairs) this.assign(target, this.evaluator.evaluate(value, scope), inner);
        return this.body(node.body, inner, out);
      }
      case 'macro':
        scope.set(node.name, this.macro(node.name, node, scope));
        return 'on';
      case 'callBlock': {
        const caller = this.macro('caller', node, scope);
        const callee = this.evaluator.evaluate(node.call.callee, scope);
        const { positional, named } = this.evaluator.args(node.call.args, scope);
        const value = this.evaluator.call(callee, { positional, named: new Map([...named, ['caller', caller]]) });
        this.write(value, node.line, out);
        return 'on';
      }
      case 'generation': {
        const inner = this.budget.nested(() => this.collect(node.body, this.inner(node, scope)).output);
        const start = codePoints(this.root.text());
        this.generation.push({ start, end: start + codePoints(inner.text()) });
        out.append(inner);
        return 'on';
      }
      case 'break':
      case 'continue':
        return node.type;
      default:
        return node satisfies never;
    }
  }

  private inner(node: Statement, scope: Scope): Scope {
    return scope.inner(this.frames.of(node, scope.symbols).body);
  }

  private collect(body: Body, scope: Scope): { readonly flow: Flow; readonly output: Output } {
    const output = new Output(this.budget);
    return { flow: this.body(body, scope, output), output };
  }

  private filtered(filter: Expression | null, text: string, scope: Scope): Value {
    return filter === null || filter.type !== 'filter' ? text : this.evaluator.filterNode(filter, text, scope);
  }

  private print(node: Expression, line: number, scope: Scope, out: Output): void {
    this.made = null;
    const value = this.evaluator.evaluate(node, scope);
    this.write(value, line, out);
  }

  private write(value: Value, line: number, out: Output): void {
    const text = str(value);
    if (this.made !== null && this.made.text() === text) out.append(this.made);
    else out.print(text, line);
    this.made = null;
  }

  private assign(target: Target, value: Value, scope: Scope): void {
    if (target.type === 'name') scope.set(target.name, value);
    else if (target.type === 'namespace') {
      const object = scope.get(target.name);
      if (!(object instanceof Namespace)) refuse('cannot assign attribute on non-namespace object');
      object.attributes.set(target.attribute, value);
    } else {
      const items = listOf(value);
      const [wanted, given] = [target.items.length, items.length];
      if (given < wanted) refuse(`not enough values to unpack (expected ${wanted}, got ${given})`);
      if (given > wanted) refuse(`too many values to unpack (expected ${wanted})`);
      target.items.forEach((each, index) => this.assign(each, items[index] ?? null, scope));
    }
  }

  private for(node: For, iterable: Value, scope: Scope, out: Output, depth: number): Flow {
    const frames = this.frames.of(node, scope.symbols);
    const filtered = node.test === null ? iterable : new Lazy(this.passing(node, node.test, iterable, scope));
    const recurse = node.recursive ? (args: Args): Value => this.recurse(node, args, scope, depth) : null;
    const state = new LoopState(filtered, depth, recurse);
    let completed = false;
    for (let next = state.next(); next.done !== true; next = state.next()) {
      this.budget.step();
      const inner = scope.inner(frames.body);
      if (frames.body.has('loop')) inner.set('loop', state.loop);
      this.assign(node.target, next.value, inner);
      const flow = this.body(node.body, inner, out);
      if (flow === 'break') break;
      // jinja2 notes that the loop was not empty behind the body, where a continue doesn't come (visit_For)
      if (flow === 'on') completed = true;
    }
    return completed ? 'on' : this.body(node.otherwise, scope.inner(frames.otherwise), out);
  }

  /** Asked for one by one, as Python's generator: what the body sets in a namespace counts for the next item. */
  private *passing(node: For, test: Expression, iterable: Value, scope: Scope): Generator<Value> {
    const items = iterate(iterable);
    const inner = scope.inner(this.frames.of(node, scope.symbols).test);
    for (let next = items.next(); next.done !== true; next = items.next()) {
      this.budget.step();
      this.assign(node.target, next.value, inner);
      if (truthy(this.evaluator.evaluate(test, inner))) yield next.value;
    }
  }

  private recurse(node: For, args: Args, scope: Scope, depth: number): Value {
    const [iterable] = bind('loop', args, [['iterable']]);
    return this.budget.nested(() => {
      const output = new Output(this.budget);
      this.for(node, iterable, scope, output, depth + 1);
      this.made = output;
      return output.text();
    });
  }

  /** A macro knows the names where it stands, not where it is called. */
  private macro(name: string, node: Macro, scope: Scope): Callable {
    const { body, special } = this.frames.of(node, scope.symbols);
    const call = (args: Args): Value => {
      const inner = scope.inner(body);
      return this.budget.nested(() => {
        const evaluate = (fallback: Expression): Value => this.evaluator.evaluate(fallback, inner);
        bindMacro({ name, parameters: node.parameters, special }, args, inner, evaluate);
        this.made = this.collect(node.body, inner).output;
        return this.made.text();
      });
    };
    return new Callable(name, call, 'macro');
  }
}
