import { message } from '../../../common/message';
import { bind } from './arguments';
import { missing, pythonAttribute } from './attributes';
import { unsupported } from './failure';
import { tojson } from './json';
import { NUMBER_FILTERS } from './numberFilters';
import type { Filter } from './runtime';
import { SELECT_FILTERS } from './selectFilters';
import { SEQUENCE_FILTERS } from './sequenceFilters';
import { str } from './text';
import { TEXT_FILTERS } from './textFilters';
import { truthy } from './truth';
import { Undefined } from './values';

const fallback: Filter = (args) => {
  const [value, other, boolean] = bind('default', args, [['value'], ['default_value', ''], ['boolean', false]]);
  return value instanceof Undefined || (truthy(boolean) && !truthy(value)) ? other : value;
};

const attr: Filter = (args) => {
  const [object, name] = bind('attr', args, [['obj'], ['name']]);
  const found = pythonAttribute(object, str(name));
  return found === undefined ? missing(object, name) : found;
};

/** Filters of jinja2 that no chat template is known to use. */
const UNWRITTEN = [
  'filesizeformat',
  'pprint',
  'random',
  'slice',
  'striptags',
  'urlencode',
  'urlize',
  'wordwrap',
  'xmlattr',
];

export const FILTERS: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  ...TEXT_FILTERS,
  ...NUMBER_FILTERS,
  ...SEQUENCE_FILTERS,
  ...SELECT_FILTERS,
  ['default', fallback],
  ['d', fallback],
  ['attr', attr],
  ['tojson', tojson],
  ...UNWRITTEN.map((name): [string, Filter] => [
    name,
    () => unsupported(message('The filter {0} in the chat template is not supported.', name)),
  ]),
]);
