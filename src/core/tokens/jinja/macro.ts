import { refuse } from './failure';
import { makeDict } from './hash';
import type { Expression, Parameter } from './nodes';
import type { Scope } from './scope';
import { Tuple, Undefined, type Args, type Value } from './values';

export interface Signature {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** Which of caller, kwargs and varargs it takes. */
  readonly special: ReadonlySet<string>;
}

/** jinja2.runtime.Macro.__call__: the parameters in the macro's scope; a default may look at those before it. */
export function bindMacro(
  { name, parameters, special }: Signature,
  { positional, named }: Args,
  scope: Scope,
  evaluate: (fallback: Expression) => Value,
): void {
  const rest = new Map(named);
  const open: Parameter[] = [];
  for (const [index, parameter] of parameters.entries()) {
    const given = index < positional.length ? positional[index] : rest.get(parameter.name);
    if (index >= positional.length) rest.delete(parameter.name);
    if (given === undefined) open.push(parameter);
    else scope.set(parameter.name, given);
  }
  if (special.has('caller')) {
    scope.set('caller', rest.get('caller') ?? new Undefined('No caller defined'));
    rest.delete('caller');
  }
  if (special.has('kwargs')) scope.set('kwargs', makeDict(rest));
  else if (rest.size > 0) refuse(`macro '${name}' takes no keyword argument '${[...rest.keys()][0] ?? ''}'`);
  if (special.has('varargs')) scope.set('varargs', new Tuple(positional.slice(parameters.length)));
  else if (positional.length > parameters.length) {
    refuse(`macro '${name}' takes not more than ${parameters.length} argument(s)`);
  }
  for (const { name: parameter, fallback } of open) {
    const value = fallback === null ? new Undefined(`parameter '${parameter}' was not provided`) : evaluate(fallback);
    scope.set(parameter, value);
  }
}
