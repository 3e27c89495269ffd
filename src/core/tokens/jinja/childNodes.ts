import type { Arguments, Expression, Parameter, Statement, Target } from './nodes';

/** The expressions right within one, in the order of jinja2's fields. */
export function operandsOf(node: Expression): readonly Expression[] {
  switch (node.type) {
    case 'constant':
    case 'name':
      return [];
    case 'tuple':
    case 'list':
    case 'concat':
      return node.items;
    case 'dict':
      return node.pairs.flat();
    case 'attribute':
      return [node.object];
    case 'item':
      return [node.object, node.index];
    case 'slice':
      return present([node.start, node.stop, node.step]);
    case 'call':
      return [node.callee, ...argumentsIn(node.args)];
    case 'filter':
      return [...present([node.operand]), ...argumentsIn(node.args)];
    case 'test':
      return [node.operand, ...argumentsIn(node.args)];
    case 'not':
    case 'sign':
      return [node.operand];
    case 'binary':
    case 'and':
    case 'or':
      return [node.left, node.right];
    case 'compare':
      return [node.first, ...node.rest.map(([, operand]) => operand)];
    case 'conditional':
      return [node.test, node.value, ...present([node.otherwise])];
    default:
      return node satisfies never;
  }
}

function argumentsIn({ positional, named, spread, namedSpread }: Arguments): Expression[] {
  return [...positional, ...named.map(([, value]) => value), ...present([spread, namedSpread])];
}

function present(nodes: readonly (Expression | null)[]): Expression[] {
  return nodes.filter((node) => node !== null);
}

export function fallbacksOf(parameters: readonly Parameter[]): Expression[] {
  return present(parameters.map(({ fallback }) => fallback));
}

/** What a template does with names: reads one, sets one, or looks into a namespace of that name. */
export interface NameUse {
  readonly name: string;
  readonly reads: boolean;
}

export function* namesIn(node: Expression): Generator<NameUse> {
  if (node.type === 'name') yield { name: node.name, reads: true };
  for (const operand of operandsOf(node)) yield* namesIn(operand);
}

export function* namesSet(target: Target): Generator<NameUse> {
  if (target.type === 'name') yield { name: target.name, reads: false };
  else if (target.type === 'tuple') for (const item of target.items) yield* namesSet(item);
}

/** All names in statements, through every block, in the order of jinja2's fields (jinja2.compiler.UndeclaredNameVisitor). */
export function* allNames(body: readonly Statement[]): Generator<NameUse> {
  for (const node of body) {
    switch (node.type) {
      case 'data':
      case 'break':
      case 'continue':
        break;
      case 'print':
        yield* namesIn(node.value);
        break;
      case 'if':
        for (const branch of node.branches) {
          yield* namesIn(branch.test);
          yield* allNames(branch.body);
        }
        yield* allNames(node.otherwise);
        break;
      case 'for':
        yield* namesSet(node.target);
        yield* namesIn(node.iterable);
        yield* allNames(node.body);
        yield* allNames(node.otherwise);
        if (node.test !== null) yield* namesIn(node.test);
        break;
      case 'set':
        yield* namesSet(node.target);
        yield* namesIn(node.value);
        break;
      case 'setBlock':
        yield* namesSet(node.target);
        if (node.filter !== null) yield* namesIn(node.filter);
        yield* allNames(node.body);
        break;
      case 'filterBlock':
        yield* allNames(node.body);
        yield* namesIn(node.filter);
        break;
      case 'with':
        for (const [target] of node.pairs) yield* namesSet(target);
        for (const [, value] of node.pairs) yield* namesIn(value);
        yield* allNames(node.body);
        break;
      case 'macro':
      case 'callBlock':
        if (node.type === 'callBlock') yield* namesIn(node.call);
        for (const { name } of node.parameters) yield { name, reads: false };
        for (const fallback of fallbacksOf(node.parameters)) yield* namesIn(fallback);
        yield* allNames(node.body);
        break;
      case 'generation':
        yield* allNames(node.body);
        break;
      default:
        return node satisfies never;
    }
  }
  return undefined;
}

/** Which of `names` are read before they are set (jinja2.compiler.find_undeclared). */
export function readFirst(body: readonly Statement[], names: readonly string[]): ReadonlySet<string> {
  const open = new Set(names);
  const found = new Set<string>();
  for (const { name, reads } of allNames(body)) {
    if (!open.has(name)) continue;
    if (reads) found.add(name);
    else open.delete(name);
  }
  return found;
}
