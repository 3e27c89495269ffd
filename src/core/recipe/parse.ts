import { isAlias, isMap, isNode, isScalar, type YAMLMap } from 'yaml';
import { message } from '../../common/message';
import { err, ok, type Result } from '../../common/result';
import { isRequired, partOf, recipePart, type SchemaPart } from './leaf';
import { parameterAt, parameters } from './parameters';
import type { RecipeProblem, TextRange } from './problem';
import { byPlace, type Finding, problemOf } from './report';
import type { RecipeValues } from './schema/recipe';
import { keyText, RecipeSource } from './source';
import { unknownKey } from './unknownKey';
import { wrongValue } from './wrongValue';
import { isReadable, MAX_ALIASES, yamlProblems } from './yamlProblems';

/** A recipe as it was written: only the keys that stand in the text, each checked against the schema. */
export interface Recipe {
  readonly file: string;
  readonly text: string;
  /** Nested as written; empty sections and groups are {}. Defaults are filled in by `resolveRecipe`. */
  readonly values: RecipeValues;
  readonly source: RecipeSource;
  /** Where the value at this path stands, or the key itself where it has no value; null where it isn't written. */
  rangeOf(path: readonly string[]): TextRange | null;
}

/** Reads a recipe. `file` names it in problems. Never returns a recipe for a text that isn't one; never throws. */
export function parseRecipe(
  text: string,
  { file }: { readonly file: string },
): Result<Recipe, readonly RecipeProblem[]> {
  if (!isReadable(text)) return err(yamlProblems(text, file, null));
  const source = new RecipeSource(text);
  const broken = yamlProblems(text, file, source);
  if (broken.length > 0) return err(byPlace(broken));
  const reader = new Reader(source);
  const values = reader.read();
  if (reader.findings.length > 0)
    return err(byPlace(reader.findings.map((finding) => problemOf(source, file, finding))));
  // SAFETY: every key was found in the schema and every value accepted by its schema, and none that is required is missing.
  return ok({ file, text, values: values as RecipeValues, source, rangeOf: (path) => source.valueRange(path) });
}

class Reader {
  readonly findings: Finding[] = [];
  readonly #source: RecipeSource;

  constructor(source: RecipeSource) {
    this.#source = source;
  }

  read(): Record<string, unknown> {
    const { contents } = this.#source.document;
    if (this.#source.isEmpty) {
      this.findings.push({
        kind: 'empty',
        path: [],
        message: message('This recipe is empty.'),
        remedy: message('Begin with a model section, or start from the sample.'),
      });
      return {};
    }
    if (recipePart.kind !== 'group' || !isMap(contents)) {
      this.findings.push({
        kind: 'notMapping',
        path: [],
        message: message('The top level of this file is not a list of sections.'),
        remedy: message(
          'Begin each section, such as model:, at the first column of a line, with its keys indented below.',
        ),
      });
      return {};
    }
    return this.#group(recipePart, contents, []);
  }

  #group(part: SchemaPart & { kind: 'group' }, map: YAMLMap | null, path: readonly string[]): Record<string, unknown> {
    const values: Record<string, unknown> = {};
    for (const { key, value } of map?.items ?? []) {
      const name = keyText(key);
      const here = [...path, name];
      const schema = Object.hasOwn(part.keys, name) ? part.keys[name] : undefined;
      if (schema === undefined) this.findings.push(unknownKey(this.#source, here, this.#plain(value)));
      else values[name] = this.#value(partOf(schema), value, here);
    }
    for (const [name, schema] of Object.entries(part.keys))
      if (isRequired(schema) && !Object.hasOwn(values, name)) this.#missing([...path, name]);
    return values;
  }

  #value(part: SchemaPart, written: unknown, path: readonly string[]): unknown {
    const node = isAlias(written) ? written.resolve(this.#source.document) : written;
    if (part.kind === 'value') {
      const value = this.#plain(node);
      const finding = wrongValue(this.#source, path, part.schema, value);
      if (finding !== null) this.findings.push(finding);
      return value;
    }
    if (isMap(node)) return this.#group(part, node, path);
    if (node === null || (isScalar(node) && node.value === null))
      return part.nullable ? null : this.#group(part, null, path);
    this.findings.push({
      kind: 'notMapping',
      path,
      message: message('{0} is a group of keys, not one value.', path.join('.')),
      remedy: message('Write its keys below it, indented: key: value.'),
    });
    return {};
  }

  #missing(path: readonly string[]): void {
    // a whole section that is missing is told by what it must hold
    const required = parameters().filter(
      (parameter) =>
        parameter.required && !parameter.group && path.every((name, index) => parameter.path[index] === name),
    );
    for (const parameter of required.length > 0 ? required : [parameterAt(path)]) {
      if (parameter === null) continue;
      this.findings.push({
        kind: 'missingKey',
        path: parameter.path,
        message: message('{0} is missing.', parameter.path.join('.')),
        remedy: message(parameter.description),
      });
    }
  }

  #plain(node: unknown): unknown {
    return isNode(node) ? node.toJS(this.#source.document, { maxAliasCount: MAX_ALIASES }) : null;
  }
}
