import { type JsonSchema, recipeJsonSchema } from './jsonSchema';

/** One section, group or key as the schema knows it: for hovers, completion, docs and "did you mean". */
export interface Parameter {
  readonly path: readonly string[];
  /** Last part of the path. */
  readonly key: string;
  /** English, and the key of its translation. */
  readonly description: string;
  readonly docsUrl: string | null;
  /** "true | false", "integer ≥ 1", "nf4 | fp4", "list of text"; "group" for what holds named keys. */
  readonly type: string;
  readonly default: unknown;
  /** What may be written, where only certain words may. */
  readonly values: readonly string[];
  /** The items of a list, where only certain words may stand there. */
  readonly itemValues: readonly string[];
  readonly group: boolean;
  readonly nullable: boolean;
  readonly required: boolean;
}

let made: ReadonlyMap<string, Parameter> | null = null;

function byPath(): ReadonlyMap<string, Parameter> {
  made ??= new Map([...walk(recipeJsonSchema(), [], null)].map((parameter) => [parameter.path.join('.'), parameter]));
  return made;
}

/** Every section, group and key, in the order of the schema. */
export function parameters(): readonly Parameter[] {
  return [...byPath().values()];
}

export function parameterAt(path: readonly string[]): Parameter | null {
  return byPath().get(path.join('.')) ?? null;
}

/** The direct children of a section or group. */
export function parametersUnder(path: readonly string[]): readonly Parameter[] {
  return parameters().filter(
    (parameter) =>
      parameter.path.length === path.length + 1 && path.every((part, index) => parameter.path[index] === part),
  );
}

function* walk(schema: JsonSchema, path: string[], docsUrl: string | null): Generator<Parameter> {
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    const here = [...path, key];
    const inner = groupOf(property);
    const url = property.docsUrl ?? docsUrl;
    yield {
      path: here,
      key,
      description: property.description ?? '',
      docsUrl: url,
      type: typeOf(property),
      default: property.default,
      values: valuesOf(property),
      itemValues: optionsOf(property).flatMap(({ items }) => (items === undefined ? [] : valuesOf(items))),
      group: inner !== null,
      nullable: optionsOf(property).some(({ type }) => type === 'null'),
      required: schema.required?.includes(key) ?? false,
    };
    if (inner !== null) yield* walk(inner, here, url);
  }
}

function optionsOf(schema: JsonSchema): readonly JsonSchema[] {
  if (schema.anyOf !== undefined) return schema.anyOf.flatMap(optionsOf);
  return typeof schema.type === 'object' ? schema.type.map((type) => ({ ...schema, type })) : [schema];
}

function groupOf(schema: JsonSchema): JsonSchema | null {
  return optionsOf(schema).find((option) => option.properties !== undefined) ?? null;
}

function valuesOf(schema: JsonSchema): string[] {
  return optionsOf(schema).flatMap((option) => {
    if (option.enum !== undefined) return option.enum.map(String);
    if (option.const !== undefined) return [String(option.const)];
    return option.type === 'boolean' ? ['true', 'false'] : [];
  });
}

function typeOf(schema: JsonSchema): string {
  return optionsOf(schema)
    .map((option) => (option.properties === undefined ? plainType(option) : 'group'))
    .join(' | ');
}

function plainType(schema: JsonSchema): string {
  if (schema.enum !== undefined) return schema.enum.join(' | ');
  if (schema.const !== undefined) return String(schema.const);
  switch (schema.type) {
    case 'boolean':
      return 'true | false';
    case 'integer':
    case 'number':
      return `${schema.type}${boundsOf(schema)}`;
    case 'string':
      return 'text';
    case 'array':
      return schema.items === undefined ? 'list' : `list of ${typeOf(schema.items)}`;
    case 'object':
      return typeof schema.additionalProperties === 'object' && schema.additionalProperties.type !== undefined
        ? `mapping to ${typeOf(schema.additionalProperties)}`
        : 'mapping';
    default:
      return schema.type === 'null' ? 'null' : 'any';
  }
}

function boundsOf({ minimum, exclusiveMinimum, maximum }: JsonSchema): string {
  const least =
    exclusiveMinimum !== undefined ? ` > ${exclusiveMinimum}` : minimum !== undefined ? ` ≥ ${minimum}` : '';
  return least + (maximum === undefined ? '' : ` ≤ ${maximum}`);
}
