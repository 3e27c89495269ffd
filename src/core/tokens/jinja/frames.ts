import { allNames, readFirst } from './childNodes';
import { refuse } from './failure';
import type { Body, Parameter, Statement } from './nodes';
import { Symbols } from './symbols';

type For = Extract<Statement, { type: 'for' }>;

/** What a macro is given beside its parameters, if it asks for it. */
export const SPECIAL = ['caller', 'kwargs', 'varargs'] as const;

/** The frames of one statement, by what they are for. */
export interface Frames {
  readonly body: Symbols;
  readonly test: Symbols;
  readonly otherwise: Symbols;
  /** Which of SPECIAL a macro or call block takes. */
  readonly special: ReadonlySet<string>;
}

const EMPTY = new Symbols(null);
const NONE: ReadonlySet<string> = new Set();

/** Works out the frames of a template's statements, each once, when it is first entered. */
export class FrameTable {
  private readonly known = new Map<Statement, Frames>();

  readonly root = new Symbols(null);

  constructor(body: Body) {
    this.root.body(body);
  }

  /** `parent`: the frame that the statement stands in. */
  of(node: Statement, parent: Symbols): Frames {
    const known = this.known.get(node);
    if (known !== undefined) return known;
    const made = framesOf(node, parent);
    this.known.set(node, made);
    return made;
  }
}

function framesOf(node: Statement, parent: Symbols): Frames {
  const body = new Symbols(parent);
  const plain = { body, test: EMPTY, otherwise: EMPTY, special: NONE };
  switch (node.type) {
    case 'for':
      return loopFrames(node, parent, body);
    case 'setBlock':
      body.body(node.body);
      return plain;
    case 'filterBlock':
      body.body(node.body);
      body.read(node.filter);
      return plain;
    case 'with':
      for (const [target] of node.pairs) body.targetAsParameter(target);
      body.body(node.body);
      return plain;
    case 'macro':
    case 'callBlock':
      return { ...plain, special: macroFrame(body, node.parameters, node.body) };
    case 'generation':
      return { ...plain, special: macroFrame(body, [], node.body) };
    default:
      throw new TypeError(`no frame: ${node.type}`);
  }
}

/** jinja2.compiler, visit_For: `loop` is there if the body asks for it. */
function loopFrames(node: For, parent: Symbols, body: Symbols): Frames {
  if (node.recursive || readFirst(node.body, ['loop']).size > 0) {
    body.parameter('loop');
    const assigned = [...allNames([node])].some(({ name, reads }) => name === 'loop' && !reads);
    if (assigned) refuse("Can't assign to special loop variable in for-loop");
  }
  body.targetAsParameter(node.target);
  body.body(node.body);
  const test = new Symbols(parent);
  test.targetAsParameter(node.target);
  test.read(node.test);
  const otherwise = new Symbols(parent);
  otherwise.body(node.otherwise);
  return { body, test, otherwise, special: NONE };
}

/** jinja2.compiler, macro_body. */
function macroFrame(symbols: Symbols, parameters: readonly Parameter[], body: Body): ReadonlySet<string> {
  symbols.parameters(parameters);
  symbols.body(body);
  const own = new Set(parameters.map(({ name }) => name));
  const special = [...readFirst(body, SPECIAL)].filter((name) => !own.has(name));
  for (const name of special) symbols.parameter(name);
  return new Set(special);
}
