import { isMap, isNode, type Node } from 'yaml';
import { type Message, message } from '../../common/message';
import { valueText } from './edit';
import { parameterAt } from './parameters';
import type { TextRange } from './problem';
import { keyText, RecipeSource } from './source';
import { isReadable } from './yamlProblems';

/** What there is to say about one key. */
export interface KeyDocs {
  readonly path: readonly string[];
  readonly key: string;
  /** As a person writes it: "number > 0", "auto | float32 | bfloat16". */
  readonly type: string;
  /** As YAML; null where there is no default (the key is required). */
  readonly defaultText: string | null;
  readonly required: boolean;
  readonly description: Message;
  readonly docsUrl: string | null;
}

/** The docs of a section, group or key; null for a path the schema doesn't have. */
export function docsOf(path: readonly string[]): KeyDocs | null {
  const parameter = parameterAt(path);
  if (parameter === null) return null;
  const { key, type, required, description, docsUrl } = parameter;
  const standard = parameter.default === undefined || parameter.group ? null : valueText(parameter.default);
  return { path, key, type, required, defaultText: standard, description: message(description), docsUrl };
}

/** The docs of the key at an offset of a recipe's text (or of one section's text), and where that key stands. */
export function hoverAt(text: string, offset: number): (KeyDocs & { readonly range: TextRange }) | null {
  if (!isReadable(text)) return null;
  const source = new RecipeSource(text);
  const found = keyAt(source.document.contents, offset, []);
  const docs = found === null ? null : docsOf(found);
  const range = found === null ? null : source.keyRange(found);
  return docs === null || range === null ? null : { ...docs, range };
}

/** The path of the innermost key whose name, or plain value, holds the offset. */
function keyAt(node: unknown, offset: number, path: readonly string[]): readonly string[] | null {
  if (!isMap(node)) return null;
  for (const { key, value } of node.items) {
    const here = [...path, keyText(key)];
    if (isNode(key) && holds(key, offset)) return here;
    if (!isNode(value) || !holds(value, offset)) continue;
    if (!isMap(value)) return here;
    const inner = keyAt(value, offset, here);
    // below a mapping of free names, such as rank_pattern, it is the mapping itself that has docs
    return inner !== null && parameterAt(here)?.group === false ? here : inner;
  }
  return null;
}

function holds({ range }: Node, offset: number): boolean {
  return range !== null && range !== undefined && range[0] <= offset && offset <= range[1];
}
