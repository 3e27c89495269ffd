import { RowError } from './rowError';
import { parseTemplate, type Template } from './templateString';

/** A template of a mapping. A broken one is told for each row: whoever lets people write one checks it (checkMapping). */
export function compiledTemplate(template: string): Template {
  const parsed = parseTemplate(template);
  if (!parsed.ok) throw new RowError(parsed.error);
  return parsed.value;
}
