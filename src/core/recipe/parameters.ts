import { z } from 'zod';
import { recipeSchema } from './schema/recipe';

/** One parameter as the schema knows it: for hovers, completion, the docs and "did you mean". */
export interface Parameter {
  readonly path: readonly string[];
  /** Last part of the path. */
  readonly key: string;
  /** English, and the key of its translation. */
  readonly description: string;
  /** "true | false", "integer ≥ 1", "nf4 | fp4", "list of text"; for groups "group". */
  readonly type: string;
  readonly default: unknown;
  readonly values: readonly string[];
  readonly group: boolean;
  readonly required: boolean;
}

interface JsonSchema {
  type?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  const?: unknown;
  anyOf?: JsonSchema[];
  properties?: Record<string, JsonSchema>;
  additionalProperties?: unknown;
  required?: string[];
  items?: JsonSchema;
  minimum?: number;
  exclusiveMinimum?: number;
}

/** The JSON schema of a recipe (draft 2020-12): what may be written, defaults noted. */
export function recipeJsonSchema(): JsonSchema {
  // SAFETY: zod's JSON schema is plain JSON; JsonSchema names the keywords read here, all optional.
  return z.toJSONSchema(recipeSchema, { io: 'input' }) as JsonSchema;
}

let cached: readonly Parameter[] | null = null;

/** Every section, group and parameter, in the order of the schema. */
export function parameters(): readonly Parameter[] {
  cached ??= [...walk(recipeJsonSchema(), [])];
  return cached;
}

export function parameterAt(path: readonly string[]): Parameter | null {
  const joined = path.join('.');
  return parameters().find((parameter) => parameter.path.join('.') === joined) ?? null;
}

/** The direct children of a section or group. */
export function parametersUnder(path: readonly string[]): readonly Parameter[] {
  return parameters().filter(
    (parameter) =>
      parameter.path.length === path.length + 1 && path.every((part, index) => parameter.path[index] === part),
  );
}

function* walk(schema: JsonSchema, path: string[]): Generator<Parameter> {
  for (const [key, property] of Object.entries(schema.properties ?? {})) {
    const here = [...path, key];
    const inner = groupOf(property);
    yield {
      path: here,
      key,
      description: property.description ?? inner?.description ?? '',
      type: typeOf(property),
      default: property.default ?? null,
      values: valuesOf(property),
      group: inner !== null,
      required: schema.required?.includes(key) ?? false,
    };
    if (inner !== null) yield* walk(inner, here);
  }
}

function groupOf(schema: JsonSchema): JsonSchema | null {
  if (schema.properties !== undefined) return schema;
  return schema.anyOf?.find((option) => option.properties !== undefined) ?? null;
}

function valuesOf(schema: JsonSchema): string[] {
  if (schema.const !== undefined) return [JSON.stringify(schema.const)];
  if (schema.enum !== undefined) return schema.enum.map(String);
  if (schema.type === 'boolean') return ['true', 'false'];
  const options = schema.anyOf?.filter((option) => option.type !== 'null') ?? [];
  if (schema.items !== undefined) return [];
  return options.flatMap((option) => (option.const === undefined ? valuesOf(option) : [String(option.const)]));
}

function typeOf(schema: JsonSchema): string {
  if (schema.anyOf !== undefined)
    return schema.anyOf.map((option) => (option.type === 'null' ? 'null' : typeOf(option))).join(' | ');
  if (schema.enum !== undefined) return schema.enum.join(' | ');
  if (schema.const !== undefined) return String(schema.const);
  if (schema.properties !== undefined) return 'group';
  const least =
    schema.exclusiveMinimum !== undefined
      ? ` > ${schema.exclusiveMinimum}`
      : schema.minimum !== undefined && schema.minimum > Number.MIN_SAFE_INTEGER
        ? ` ≥ ${schema.minimum}`
        : '';
  switch (schema.type) {
    case 'boolean':
      return 'true | false';
    case 'integer':
    case 'number':
      return schema.type + least;
    case 'string':
      return 'text';
    case 'array':
      return schema.items === undefined ? 'list' : `list of ${typeOf(schema.items)}`;
    case 'object':
      return 'mapping';
    default:
      return 'any';
  }
}
