/** The syntax tree of a template, as jinja2.nodes, with the line of each node. */
export interface Arguments {
  readonly positional: readonly Expression[];
  readonly named: readonly (readonly [name: string, value: Expression])[];
  /** *args */
  readonly spread: Expression | null;
  /** **kwargs */
  readonly namedSpread: Expression | null;
}

export type BinaryOperator = '+' | '-' | '*' | '/' | '//' | '%' | '**';
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in';

export type Expression =
  | { readonly type: 'constant'; readonly value: null | boolean | bigint | number | string }
  | { readonly type: 'name'; readonly name: string }
  | { readonly type: 'tuple' | 'list' | 'concat'; readonly items: readonly Expression[] }
  | { readonly type: 'dict'; readonly pairs: readonly (readonly [Expression, Expression])[] }
  | { readonly type: 'attribute'; readonly object: Expression; readonly name: string }
  | { readonly type: 'item'; readonly object: Expression; readonly index: Expression }
  | {
      readonly type: 'slice';
      readonly start: Expression | null;
      readonly stop: Expression | null;
      readonly step: Expression | null;
    }
  | { readonly type: 'call'; readonly callee: Expression; readonly args: Arguments }
  /** operand null: {% filter %} and {% set x | filter %}, whose operand is their body. */
  | { readonly type: 'filter'; readonly operand: Expression | null; readonly name: string; readonly args: Arguments }
  | { readonly type: 'test'; readonly operand: Expression; readonly name: string; readonly args: Arguments }
  | { readonly type: 'not'; readonly operand: Expression }
  | { readonly type: 'sign'; readonly negative: boolean; readonly operand: Expression }
  | {
      readonly type: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly type: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | {
      readonly type: 'compare';
      readonly first: Expression;
      readonly rest: readonly (readonly [CompareOperator, Expression])[];
    }
  | {
      readonly type: 'conditional';
      readonly test: Expression;
      readonly value: Expression;
      readonly otherwise: Expression | null;
    };

export type Target =
  | { readonly type: 'name'; readonly name: string }
  /** ns.attribute in {% set %} */
  | { readonly type: 'namespace'; readonly name: string; readonly attribute: string }
  | { readonly type: 'tuple'; readonly items: readonly Target[] };

export interface Parameter {
  readonly name: string;
  readonly fallback: Expression | null;
}

export type Statement =
  | { readonly type: 'data'; readonly text: string; readonly line: number }
  | { readonly type: 'print'; readonly value: Expression; readonly line: number }
  | { readonly type: 'if'; readonly branches: readonly Branch[]; readonly otherwise: Body; readonly line: number }
  | {
      readonly type: 'for';
      readonly target: Target;
      readonly iterable: Expression;
      readonly test: Expression | null;
      readonly recursive: boolean;
      readonly body: Body;
      readonly otherwise: Body;
      readonly line: number;
    }
  | { readonly type: 'set'; readonly target: Target; readonly value: Expression; readonly line: number }
  | {
      readonly type: 'setBlock';
      readonly target: Target;
      readonly filter: Expression | null;
      readonly body: Body;
      readonly line: number;
    }
  | { readonly type: 'filterBlock'; readonly filter: Expression; readonly body: Body; readonly line: number }
  | {
      readonly type: 'with';
      readonly pairs: readonly (readonly [Target, Expression])[];
      readonly body: Body;
      readonly line: number;
    }
  | {
      readonly type: 'macro';
      readonly name: string;
      readonly parameters: readonly Parameter[];
      readonly body: Body;
      readonly line: number;
    }
  | {
      readonly type: 'callBlock';
      readonly call: Extract<Expression, { type: 'call' }>;
      readonly parameters: readonly Parameter[];
      readonly body: Body;
      readonly line: number;
    }
  /** transformers' AssistantTracker. */
  | { readonly type: 'generation'; readonly body: Body; readonly line: number }
  | { readonly type: 'break' | 'continue'; readonly line: number };

export type Body = readonly Statement[];
export interface Branch {
  readonly test: Expression;
  readonly body: Body;
}
