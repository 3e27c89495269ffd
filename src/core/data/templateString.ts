import { message, type Message } from '../../common/message';
import { err, ok, type Result } from '../../common/result';

/**
 * A template string: {column} is a column's text; what stands in [[ ]] is left out where all columns in it are empty; {{ is
 * a brace. A lone } is itself, so that JSON can be written: {{"question": "{question}"}.
 */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'column'; readonly column: string }
  | { readonly kind: 'optional'; readonly parts: readonly TemplatePart[] };

export type Template = readonly TemplatePart[];

export function parseTemplate(template: string): Result<Template, Message> {
  const parts: TemplatePart[] = [];
  let optional: TemplatePart[] | null = null;
  let text = '';
  const put = (part?: TemplatePart): void => {
    const into = optional ?? parts;
    if (text !== '') into.push({ kind: 'text', text });
    if (part !== undefined) into.push(part);
    text = '';
  };
  for (let at = 0; at < template.length; at++) {
    const two = template.slice(at, at + 2);
    if (two === '{{') {
      text += '{';
      at++;
    } else if (two.startsWith('{')) {
      const end = template.indexOf('}', at);
      const column = template.slice(at + 1, end === -1 ? undefined : end);
      if (end === -1) return err(message('{0} is never closed by }. For a brace itself write {{.', `{${column}`));
      if (column === '') return err(message('{} names no column. For a brace itself write {{.'));
      put({ kind: 'column', column });
      at = end;
    } else if (two === '[[') {
      if (optional !== null) return err(message('[[ stands within [[ ]]: these can’t be nested.'));
      put();
      optional = [];
      at++;
    } else if (two === ']]' && optional !== null) {
      put();
      const inner: TemplatePart[] = optional;
      if (!inner.some((part) => part.kind === 'column')) {
        return err(message('There is no column within [[ ]]: it says when the text is left out.'));
      }
      optional = null;
      put({ kind: 'optional', parts: inner });
      at++;
    } else text += template.charAt(at);
  }
  if (optional !== null) return err(message('[[ is never closed by ]].'));
  put();
  return ok(parts);
}

/** All that it names, each once. */
export function templateColumns(template: Template): readonly string[] {
  return [...new Set(template.flatMap(columnsOfPart))];
}

function columnsOfPart(part: TemplatePart): readonly string[] {
  if (part.kind === 'optional') return part.parts.flatMap(columnsOfPart);
  return part.kind === 'column' ? [part.column] : [];
}

/** The column, where the template is nothing but it. */
export function onlyColumn(template: Template): string | null {
  const [part] = template;
  return template.length === 1 && part?.kind === 'column' ? part.column : null;
}

/** `textOf` gives a column's text, '' where there is none. */
export function renderTemplate(template: Template, textOf: (column: string) => string): string {
  let rendered = '';
  for (const part of template) {
    if (part.kind === 'text') rendered += part.text;
    else if (part.kind === 'column') rendered += textOf(part.column);
    else if (columnsOfPart(part).some((column) => /\S/.test(textOf(column))))
      rendered += renderTemplate(part.parts, textOf);
  }
  return rendered;
}

/** A template that is this column, or null where its name can't be written in one. */
export function columnTemplate(column: string): string | null {
  return column === '' || column.includes('}') || column.startsWith('{') ? null : `{${column}}`;
}
