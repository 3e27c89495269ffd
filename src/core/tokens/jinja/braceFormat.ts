import { message } from '../../../common/message';
import { refuse, unsupported } from './failure';
import { formatted } from './formatSpec';
import { repr, str } from './text';
import type { Args, Value } from './values';

const FIELD = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g;
const PARTS = /^([^.[!:]*)((?:\.[^.[!:]+|\[[^\]]*\])*)(?:!([rsa]))?(?::([\s\S]*))?$/;

interface Lookup {
  attributeOf(object: Value, name: string): Value;
  itemOf(object: Value, index: Value): Value;
}

/** str.format, with the sandbox's getattr (jinja2.sandbox.SandboxedFormatter). */
export function braceFormat(text: string, args: Args, lookup: Lookup): string {
  let automatic = 0;
  if (/\{[^{}]*:[^{}]*\{/.test(text)) {
    return unsupported(message('The format {0} in the chat template is not supported.', text));
  }
  return text.replace(FIELD, (whole: string, field?: string) => {
    if (whole === '{{') return '{';
    if (whole === '}}') return '}';
    if (field === undefined) return refuse(`Single '${whole}' encountered in format string`);
    const parts = PARTS.exec(field);
    if (parts === null) return refuse(`expected '}' before end of string`);
    const [, first = '', path = '', conversion, spec = ''] = parts;
    let value: Value | undefined;
    if (first === '' || /^\d+$/.test(first)) {
      const place = first === '' ? automatic : Number(first);
      if (first === '') automatic += 1;
      value = args.positional[place];
      if (value === undefined) return refuse(`Replacement index ${place} out of range for positional args tuple`);
    } else {
      value = args.named.get(first);
      if (value === undefined) return refuse(repr(first));
    }
    const target = follow(value, path, lookup);
    if (conversion === 'a') return unsupported(message('The format {0} in the chat template is not supported.', whole));
    if (conversion === 'r') return formatted(repr(target), spec);
    return formatted(conversion === 's' ? str(target) : target, spec);
  });
}

function follow(start: Value, path: string, lookup: Lookup): Value {
  let value = start;
  for (const [, name, key] of path.matchAll(/\.([^.[]+)|\[([^\]]*)\]/g)) {
    if (name !== undefined) value = lookup.attributeOf(value, name);
    else if (key !== undefined) value = lookup.itemOf(value, /^\d+$/.test(key) ? BigInt(key) : key);
  }
  return value;
}
