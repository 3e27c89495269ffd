import { refuse } from './failure';
import type { Args, Value } from './values';

/** [name] is required; [name, value] has a default. */
export type Signature = readonly (readonly [name: string] | readonly [name: string, fallback: Value])[];

/** Arguments in the order of the signature, by place or by name, as Python's calls bind them. */
export function bind<const S extends Signature>(name: string, args: Args, signature: S): { [K in keyof S]: Value } {
  if (args.positional.length > signature.length) {
    refuse(`${name}() takes ${signature.length} positional arguments but ${args.positional.length} were given`);
  }
  for (const key of args.named.keys()) {
    const place = signature.findIndex(([parameter]) => parameter === key);
    if (place < 0) refuse(`${name}() got an unexpected keyword argument '${key}'`);
    if (place < args.positional.length) refuse(`${name}() got multiple values for argument '${key}'`);
  }
  const values = signature.map(([parameter, ...rest], place): Value => {
    const given = place < args.positional.length ? args.positional[place] : args.named.get(parameter);
    if (given !== undefined) return given;
    const [fallback] = rest;
    return fallback === undefined ? refuse(`${name}() missing required argument: '${parameter}'`) : fallback;
  });
  // SAFETY: map keeps the length of the signature, and a mapped tuple type over it says no more than that.
  return values as { [K in keyof S]: Value };
}

export function argumentsOf(...positional: readonly Value[]): Args {
  return { positional, named: new Map() };
}
