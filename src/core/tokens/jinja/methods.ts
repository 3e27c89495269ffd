import { message } from '../../../common/message';
import { unsupported } from './failure';
import { DICT_METHODS } from './dictMethods';
import { LIST_METHODS } from './listMethods';
import { STRING_METHODS } from './stringMethods';
import { Callable, Dict, integerOf, List, Markup, Range, Tuple, Undefined, View, typeName } from './values';
import type { Method, Value } from './values';

/** What Python 3.11 has and Tunebook hasn't written: to ask for it must not look like asking for nothing. */
const UNWRITTEN = {
  str: [
    'casefold',
    'encode',
    'expandtabs',
    'format_map',
    'isidentifier',
    'isprintable',
    'isnumeric',
    'istitle',
    'maketrans',
    'swapcase',
    'translate',
  ],
  list: [],
  tuple: [],
  dict: [],
  int: [
    'as_integer_ratio',
    'bit_count',
    'bit_length',
    'conjugate',
    'denominator',
    'from_bytes',
    'imag',
    'numerator',
    'real',
    'to_bytes',
  ],
  float: ['as_integer_ratio', 'conjugate', 'fromhex', 'hex', 'imag', 'is_integer', 'real'],
  range: ['count', 'index', 'start', 'step', 'stop'],
  view: ['isdisjoint', 'mapping'],
} as const;

/** Methods by which ImmutableSandboxedEnvironment would let a template change a value (jinja2/sandbox.py, _mutable_spec). */
const FORBIDDEN = {
  list: ['append', 'clear', 'pop', 'reverse', 'insert', 'sort', 'extend', 'remove'],
  dict: ['clear', 'pop', 'popitem', 'setdefault', 'update'],
} as const;

/** A method of one of Python's own types; undefined where it has none of that name. */
export function methodOf(object: Value, name: string): Value | undefined {
  if (typeof object === 'string') return own(object, name, STRING_METHODS, UNWRITTEN.str);
  if (object instanceof Markup) {
    const known = STRING_METHODS.has(name) || name === 'format';
    return own(object, name, new Map(), known ? [name] : [...UNWRITTEN.str, 'escape', 'unescape', 'striptags']);
  }
  if (object instanceof List) return own(object, name, LIST_METHODS, UNWRITTEN.list, FORBIDDEN.list);
  if (object instanceof Tuple) {
    return name === 'copy' ? undefined : own(object, name, LIST_METHODS, UNWRITTEN.tuple);
  }
  if (object instanceof Dict) return own(object, name, DICT_METHODS, UNWRITTEN.dict, FORBIDDEN.dict);
  if (integerOf(object) !== null) return own(object, name, new Map(), UNWRITTEN.int);
  if (typeof object === 'number') return own(object, name, new Map(), UNWRITTEN.float);
  if (object instanceof Range) return own(object, name, new Map(), UNWRITTEN.range);
  if (object instanceof View) return own(object, name, new Map(), UNWRITTEN.view);
  return undefined;
}

function own<T extends Value>(
  object: T,
  name: string,
  methods: ReadonlyMap<string, Method<T>>,
  missing: readonly string[],
  forbidden: readonly string[] = [],
): Value | undefined {
  const method = methods.get(name);
  if (method !== undefined) return new Callable(name, (args) => method(object, args), 'method');
  if (forbidden.includes(name)) {
    return new Undefined(`access to attribute '${name}' of '${typeName(object)}' object is unsafe.`);
  }
  return missing.includes(name) ? unwritten(object, name) : undefined;
}

function unwritten(object: Value, name: string): never {
  return unsupported(message('{0} of a {1} in the chat template is not supported.', `.${name}`, typeName(object)));
}
