import { message } from '../../../common/message';
import { refuse, unsupported } from './failure';
import { getKey, hashKey } from './hash';
import { characters, placeOf } from './characters';
import { braceFormat } from './braceFormat';
import { methodOf } from './methods';
import {
  Callable,
  Dict,
  integerOf,
  Lazy,
  List,
  Loop,
  Markup,
  Namespace,
  Range,
  textOf,
  Tuple,
  typeName,
  Undefined,
  type Value,
} from './values';
import { quote, repr } from './text';

/** {{ object.name }}: the attribute, else the item (jinja2.sandbox.SandboxedEnvironment.getattr). */
export function attributeOf(object: Value, name: string): Value {
  if (object instanceof Undefined) return refuse(object.message);
  // not ??: None is a value
  const attribute = pythonAttribute(object, name);
  if (attribute !== undefined) return attribute;
  const found = item(object, name);
  return found === undefined ? missing(object, name) : found;
}

/** {{ object[index] }}: the item, else, for a str, the attribute (SandboxedEnvironment.getitem). */
export function itemOf(object: Value, index: Value): Value {
  if (object instanceof Undefined) return refuse(object.message);
  const found = item(object, index);
  if (found !== undefined) return found;
  const name = textOf(index);
  const attribute = name === null ? undefined : pythonAttribute(object, name);
  return attribute === undefined ? missing(object, index) : attribute;
}

/** Python's getattr; undefined where it would raise AttributeError. What the sandbox forbids is an Undefined. */
export function pythonAttribute(object: Value, name: string): Value | undefined {
  if (object instanceof Namespace) {
    // Namespace.__getattribute__ looks at its values only, whatever else they are called
    return object.attributes.get(name);
  }
  if (name.startsWith('_')) {
    // dunder attributes exist or not by type, and the sandbox answers differently for those that exist
    if (/^__\w+__$/.test(name)) unsupported(message('The attribute {0} in the chat template is not supported.', name));
    return undefined;
  }
  if (object instanceof Loop) return object.attribute(name);
  if (object instanceof Tuple && object.names.includes(name)) return object.items[object.names.indexOf(name)];
  if (object instanceof Callable || object instanceof Lazy) {
    return unsupported(
      message('The attribute {0} of a {1} in the chat template is not supported.', name, typeName(object)),
    );
  }
  if (typeof object === 'string' && name === 'format') {
    return new Callable(name, (args) => braceFormat(object, args, { attributeOf, itemOf }), 'method');
  }
  return methodOf(object, name);
}

/** obj[index]; undefined where Python raises TypeError or LookupError. */
function item(object: Value, index: Value): Value | undefined {
  if (object instanceof Dict) return isHashable(index) ? getKey(object, index) : undefined;
  const place = integerOf(index);
  if (place === null) return undefined;
  const text = textOf(object);
  if (text !== null) {
    const letters = characters(text);
    const at = placeOf(letters.length, place);
    const letter = at === null ? undefined : letters[at];
    return letter !== undefined && object instanceof Markup ? new Markup(letter) : letter;
  }
  if (object instanceof List || object instanceof Tuple) {
    const at = placeOf(object.items.length, place);
    return at === null ? undefined : object.items[at];
  }
  if (object instanceof Range) {
    const at = placeOf(object.length, place);
    return at === null ? undefined : object.at(at);
  }
  return undefined;
}

function isHashable(value: Value): boolean {
  if (value instanceof List || value instanceof Dict) return false;
  return value instanceof Tuple ? value.items.every(isHashable) : hashKey(value) !== '';
}

export function missing(object: Value, name: Value): Undefined {
  const type = object === null ? 'None' : `${typeName(object)} object`;
  const text = textOf(name);
  return new Undefined(
    text === null ? `${type} has no element ${repr(name)}` : `${quote(type)} has no attribute ${quote(text)}`,
  );
}
