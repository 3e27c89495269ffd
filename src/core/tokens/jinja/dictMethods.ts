import { bind } from './arguments';
import { refuse } from './failure';
import { getKey, makeDict } from './hash';
import { listOf } from './iterate';
import { Dict, View, type Method } from './values';

const view =
  (kind: View['kind']): Method<Dict> =>
  (dict, args) => {
    bind(kind, args, []);
    return new View(dict, kind);
  };

/** Methods of dict that don't change it. */
export const DICT_METHODS: ReadonlyMap<string, Method<Dict>> = new Map<string, Method<Dict>>([
  [
    'get',
    (dict, args) => {
      if (args.named.size > 0) refuse('dict.get() takes no keyword arguments');
      const [key, fallback] = bind('get', args, [['key'], ['default', null]]);
      const found = getKey(dict, key);
      return found === undefined ? fallback : found;
    },
  ],
  ['items', view('items')],
  ['keys', view('keys')],
  ['values', view('values')],
  [
    'copy',
    (dict, args) => {
      bind('copy', args, []);
      return new Dict(new Map(dict.entries));
    },
  ],
  [
    'fromkeys',
    (_, args) => {
      const [keys, value] = bind('fromkeys', args, [['iterable'], ['value', null]]);
      return makeDict(listOf(keys).map((key) => [key, value]));
    },
  ],
]);
