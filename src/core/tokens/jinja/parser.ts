import { message } from '../../../common/message';
import { ExpressionParser } from './expressions';
import { unsupported } from './failure';
import { Lexer } from './lexer';
import type { Body, Branch, Expression, Parameter, Statement, Target } from './nodes';
import { describe, TokenStream } from './tokenStream';

/** Tags of jinja2 that ask for other templates or change how values are escaped. */
const KNOWN_TAGS = new Set(['block', 'extends', 'include', 'import', 'from', 'autoescape', 'print']);

export function parseTemplate(source: string): Body {
  return new TemplateParser(new TokenStream(new Lexer(source).tokenize())).template();
}

/** jinja2/parser.py, the half that reads statements. */
class TemplateParser extends ExpressionParser {
  /** The parameters of the calls and macros around, in which break and continue have no loop. */
  private loops = 0;

  template(): Body {
    return this.body([]);
  }

  /** Statements up to one of `ends`, which stays the current token. */
  private body(ends: readonly string[]): Body {
    const body: Statement[] = [];
    for (;;) {
      const token = this.stream.current;
      if (token.type === 'end') {
        if (ends.length === 0) return body;
        this.stream.fail(
          `Unexpected end of template. Jinja was looking for the following tags: '${ends.join("' or '")}'.`,
        );
      }
      this.stream.next();
      if (token.type === 'data') body.push({ type: 'data', text: token.value, line: token.line });
      else if (token.type === 'printBegin') {
        body.push({ type: 'print', value: this.tuple(), line: token.line });
        this.stream.expect('printEnd');
      } else {
        if (this.stream.isName(...ends)) return body;
        body.push(this.statement());
        this.stream.expect('tagEnd');
      }
    }
  }

  /** From the rest of the opening tag to the tag that ends it, whose name is returned. */
  private block(ends: readonly string[]): { body: Body; end: string } {
    this.stream.skipOperator(':');
    this.stream.expect('tagEnd');
    const body = this.body(ends);
    return { body, end: this.stream.expectName() };
  }

  private statement(): Statement {
    const { line } = this.stream.current;
    const tag = this.stream.expectName();
    switch (tag) {
      case 'if':
        return this.if(line);
      case 'for':
        return this.for(line);
      case 'set':
        return this.set(line);
      case 'macro':
        return this.macro(line);
      case 'call':
        return this.callBlock(line);
      case 'filter':
        return this.filterBlock(line);
      case 'with':
        return this.with(line);
      case 'generation':
        return { type: 'generation', body: this.outsideLoops(() => this.block(['endgeneration']).body), line };
      case 'break':
      case 'continue':
        if (this.loops === 0) this.stream.fail(`'${tag}' outside loop`, line);
        return { type: tag, line };
      default:
        if (KNOWN_TAGS.has(tag)) unsupported(message('{0} in the chat template is not supported.', `{% ${tag} %}`));
        return this.stream.fail(`Encountered unknown tag '${tag}'.`, line);
    }
  }

  private if(line: number): Statement {
    const branches: Branch[] = [];
    for (;;) {
      const test = this.tuple({ conditional: false });
      const { body, end } = this.block(['elif', 'else', 'endif']);
      branches.push({ test, body });
      if (end === 'elif') continue;
      const otherwise = end === 'else' ? this.block(['endif']).body : [];
      return { type: 'if', branches, otherwise, line };
    }
  }

  private for(line: number): Statement {
    const target = this.target({ end: 'in' });
    if (!this.stream.skipName('in')) this.stream.fail(`expected token 'in', got '${describe(this.stream.current)}'`);
    const iterable = this.tuple({ conditional: false, end: 'recursive' });
    const test = this.stream.skipName('if') ? this.expression() : null;
    const recursive = this.stream.skipName('recursive');
    this.loops += 1;
    const { body, end } = this.block(['endfor', 'else']);
    this.loops -= 1;
    const otherwise = end === 'else' ? this.block(['endfor']).body : [];
    return { type: 'for', target, iterable, test, recursive, body, otherwise, line };
  }

  private set(line: number): Statement {
    const target = this.target({ namespace: true });
    if (this.stream.skipOperator('=')) return { type: 'set', target, value: this.tuple(), line };
    let filter: Expression | null = null;
    while (this.stream.skipOperator('|')) filter = this.filter(filter);
    return { type: 'setBlock', target, filter, body: this.block(['endset']).body, line };
  }

  private macro(line: number): Statement {
    const name = this.stream.expectName();
    const parameters = this.parameters();
    return { type: 'macro', name, parameters, body: this.outsideLoops(() => this.block(['endmacro']).body), line };
  }

  private callBlock(line: number): Statement {
    const parameters = this.stream.isOperator('(') ? this.parameters() : [];
    const call = this.expression();
    if (call.type !== 'call') this.stream.fail('expected call', line);
    return { type: 'callBlock', call, parameters, body: this.outsideLoops(() => this.block(['endcall']).body), line };
  }

  private filterBlock(line: number): Statement {
    let filter = this.filter(null);
    while (this.stream.skipOperator('|')) filter = this.filter(filter);
    return { type: 'filterBlock', filter, body: this.block(['endfilter']).body, line };
  }

  private with(line: number): Statement {
    const pairs: [Target, Expression][] = [];
    while (this.stream.current.type !== 'tagEnd') {
      if (pairs.length > 0) this.stream.expectOperator(',');
      const target = this.target({});
      this.stream.expectOperator('=');
      pairs.push([target, this.expression()]);
    }
    return { type: 'with', pairs, body: this.block(['endwith']).body, line };
  }

  private parameters(): Parameter[] {
    this.stream.expectOperator('(');
    const parameters: Parameter[] = [];
    while (!this.stream.isOperator(')')) {
      if (parameters.length > 0) this.stream.expectOperator(',');
      const name = this.stream.expectName();
      const fallback = this.stream.skipOperator('=') ? this.expression() : null;
      if (fallback === null && parameters.some((parameter) => parameter.fallback !== null)) {
        this.stream.fail('non-default argument follows default argument');
      }
      parameters.push({ name, fallback });
    }
    this.stream.expectOperator(')');
    return parameters;
  }

  private target({ end, namespace = false }: { end?: string; namespace?: boolean }): Target {
    const { line } = this.stream.current;
    const items: Target[] = [];
    let comma = false;
    for (;;) {
      if (items.length > 0) this.stream.expectOperator(',');
      if (this.isTupleEnd(end)) break;
      items.push(this.targetItem(namespace, line));
      if (!this.stream.isOperator(',')) break;
      comma = true;
    }
    const [only] = items;
    if (!comma && only === undefined)
      this.stream.fail(`Expected an expression, got '${describe(this.stream.current)}'`);
    return !comma && only !== undefined ? only : { type: 'tuple', items };
  }

  private targetItem(namespace: boolean, line: number): Target {
    const ahead = this.stream.look(1);
    if (namespace && this.stream.current.type === 'name' && ahead.type === 'operator' && ahead.value === '.') {
      const name = this.stream.expectName();
      this.stream.next();
      return { type: 'namespace', name, attribute: this.stream.expectName() };
    }
    return this.asTarget(this.primary(), line);
  }

  private asTarget(node: Expression, line: number): Target {
    if (node.type === 'name') return node;
    if (node.type === 'tuple') return { type: 'tuple', items: node.items.map((item) => this.asTarget(item, line)) };
    return this.stream.fail(`can't assign to '${node.type}'`, line);
  }

  /** Their bodies become Python functions: a loop around doesn't count. */
  private outsideLoops<T>(read: () => T): T {
    const { loops } = this;
    this.loops = 0;
    const result = read();
    this.loops = loops;
    return result;
  }
}
