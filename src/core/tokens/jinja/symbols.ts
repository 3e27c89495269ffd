import { fallbacksOf, namesIn, namesSet } from './childNodes';
import type { Body, Expression, Parameter, Statement, Target } from './nodes';

/**
 * Where a name's value comes from when a frame is entered: a parameter, the context, the frame around (a copy), or nowhere.
 */
export type Load = 'parameter' | 'context' | 'outer' | 'nowhere';

/**
 * Which names belong to a frame (template, loop, macro, block), decided before anything runs, as in jinja2/idtracking.py:
 * a name that is set anywhere in a frame belongs to it from its beginning, so `{% for … %}{{ x }}{% endfor %}{% set x = 1 %}`
 * reads nothing in the loop, even if the context has an x.
 */
export class Symbols {
  private loads = new Map<string, Load>();
  private stores = new Set<string>();

  constructor(private readonly parent: Symbols | null) {}

  has(name: string): boolean {
    return this.loads.has(name);
  }

  entries(): Iterable<[string, Load]> {
    return this.loads;
  }

  private isKnown(name: string): boolean {
    return this.loads.has(name) || (this.parent?.isKnown(name) ?? false);
  }

  parameter(name: string): void {
    this.stores.add(name);
    this.loads.set(name, 'parameter');
  }

  private store(name: string): void {
    this.stores.add(name);
    if (!this.loads.has(name)) this.loads.set(name, this.parent?.isKnown(name) === true ? 'outer' : 'nowhere');
  }

  private load(name: string): void {
    if (!this.isKnown(name)) this.loads.set(name, 'context');
  }

  read(node: Expression | null): void {
    if (node !== null) for (const { name } of namesIn(node)) this.load(name);
  }

  parameters(parameters: readonly Parameter[]): void {
    for (const { name } of parameters) this.parameter(name);
    for (const fallback of fallbacksOf(parameters)) this.read(fallback);
  }

  targetAsParameter(target: Target): void {
    for (const { name } of namesSet(target)) this.parameter(name);
  }

  private target(target: Target): void {
    if (target.type === 'name') this.store(target.name);
    else if (target.type === 'namespace') this.load(target.name);
    else for (const item of target.items) this.target(item);
  }

  /** FrameSymbolVisitor: what frames within do is their own affair. */
  body(body: Body): void {
    for (const node of body) this.statement(node);
  }

  private statement(node: Statement): void {
    switch (node.type) {
      case 'data':
      case 'break':
      case 'continue':
      case 'generation':
        return;
      case 'print':
        return this.read(node.value);
      case 'if':
        return this.branches(node);
      case 'for':
        return this.read(node.iterable);
      case 'set':
        this.read(node.value);
        return this.target(node.target);
      case 'setBlock':
        return this.target(node.target);
      case 'filterBlock':
        return this.read(node.filter);
      case 'with':
        for (const [, value] of node.pairs) this.read(value);
        return;
      case 'macro':
        return this.store(node.name);
      case 'callBlock':
        return this.read(node.call);
      default:
        return node satisfies never;
    }
  }

  /** An elif is an if among the statements of its own branch there: its names are worked out before they are put together. */
  private branches(node: Extract<Statement, { type: 'if' }>): void {
    const [first, ...rest] = node.branches;
    if (first === undefined) return;
    this.read(first.test);
    const taken = this.copy((copy) => copy.body(first.body));
    const elifs = this.copy((copy) => {
      for (const branch of rest) copy.branches({ ...node, branches: [branch], otherwise: [] });
    });
    const otherwise = this.copy((copy) => copy.body(node.otherwise));
    this.join([taken, elifs, otherwise]);
  }

  private copy(visit: (copy: Symbols) => void): Symbols {
    const copy = new Symbols(this.parent);
    copy.loads = new Map(this.loads);
    copy.stores = new Set(this.stores);
    visit(copy);
    return copy;
  }

  /** branch_update: what a branch sets must have its outer value in the others. */
  private join(branches: readonly Symbols[]): void {
    const stores = new Set(branches.flatMap((branch) => [...branch.stores]).filter((name) => !this.stores.has(name)));
    for (const branch of branches) {
      for (const [name, load] of branch.loads) this.loads.set(name, load);
      for (const name of branch.stores) this.stores.add(name);
    }
    for (const name of stores) this.loads.set(name, this.parent?.isKnown(name) === true ? 'outer' : 'context');
  }
}
