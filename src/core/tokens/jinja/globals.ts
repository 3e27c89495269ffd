import { message } from '../../../common/message';
import { bind } from './arguments';
import { refuse, unsupported } from './failure';
import { makeDict, setKey } from './hash';
import { listOf } from './iterate';
import { strftime } from './strftime';
import { str } from './text';
import { Callable, Dict, integerOf, Namespace, Range, textOf, typeName, type Args, type Value } from './values';

/** jinja2.sandbox.MAX_RANGE */
const MAX_RANGE = 100_000;

function range({ positional, named }: Args): Value {
  if (named.size > 0) refuse('range() takes no keyword arguments');
  const numbers = positional.map(
    (value) => integerOf(value) ?? refuse(`'${typeName(value)}' object cannot be interpreted as an integer`),
  );
  const [first, second, step = 1n] = numbers;
  if (first === undefined || numbers.length > 3) {
    return refuse(`range expected 1 to 3 arguments, got ${numbers.length}`);
  }
  if (step === 0n) return refuse('range() arg 3 must not be zero');
  const made = second === undefined ? new Range(0n, first, 1n) : new Range(first, second, step);
  if (made.length > MAX_RANGE) {
    return refuse(`Range too big. The sandbox blocks ranges larger than MAX_RANGE (${MAX_RANGE}).`);
  }
  return made;
}

/** dict(mapping or pairs, **names) */
function dict({ positional, named }: Args): Dict {
  if (positional.length > 1) return refuse(`dict expected at most 1 argument, got ${positional.length}`);
  const [source] = positional;
  const made = source instanceof Dict ? new Dict(new Map(source.entries)) : makeDict(pairs(source));
  for (const [name, value] of named) setKey(made, name, value);
  return made;
}

function pairs(source: Value | undefined): [Value, Value][] {
  return source === undefined ? [] : listOf(source).map(pair);
}

function pair(item: Value, index: number): [Value, Value] {
  const [key, value, ...rest] = listOf(item);
  if (key === undefined || value === undefined || rest.length > 0) {
    return refuse(`dictionary update sequence element #${index} has the wrong length; 2 is required`);
  }
  return [key, value];
}

function namespace(args: Args): Namespace {
  const attributes = new Map<string, Value>();
  for (const [key, value] of dict(args).entries.values()) {
    // other keys can never be asked for
    const name = textOf(key);
    if (name !== null) attributes.set(name, value);
  }
  return new Namespace(attributes);
}

/** jinja2.utils.Joiner */
function joiner(args: Args): Callable {
  const [separator] = bind('joiner', args, [['sep', ', ']]);
  let used = false;
  return new Callable('joiner', () => {
    const text = used ? separator : '';
    used = true;
    return text;
  });
}

function raiseException(args: Args): Value {
  return refuse(str(bind('raise_exception', args, [['message']])[0]));
}

/** What every template can call: jinja2.defaults.DEFAULT_NAMESPACE and what transformers adds. */
export function globalsAt(now: () => Date): ReadonlyMap<string, Value> {
  const functions: Readonly<Record<string, (args: Args) => Value>> = {
    range,
    dict,
    namespace,
    joiner,
    raise_exception: raiseException,
    strftime_now: (args) => {
      const [format] = bind('strftime_now', args, [['format']]);
      return strftime(now(), textOf(format) ?? refuse(`strftime() argument 1 must be str, not ${typeName(format)}`));
    },
    cycler: () => unsupported(message('{0} in the chat template is not supported.', 'cycler')),
    lipsum: () => unsupported(message('{0} in the chat template is not supported.', 'lipsum')),
  };
  return new Map(Object.entries(functions).map(([name, call]) => [name, new Callable(name, call)]));
}
