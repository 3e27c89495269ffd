import { z } from 'zod';
import { recipeSchema } from './schema/recipe';

/** The keywords that are read here; all of JSON Schema 2020-12 may stand there. */
export interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly docsUrl?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: boolean | JsonSchema;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
}

let made: JsonSchema | null = null;

/** What may be written in a recipe, with defaults noted: from the one schema. */
export function recipeJsonSchema(): JsonSchema {
  made ??= withoutIntegerBounds(z.toJSONSchema(recipeSchema, { io: 'input' }));
  return made;
}

/** zod notes the safe integers as bounds of each whole number: true, but noise in an editor. */
function withoutIntegerBounds(schema: object): JsonSchema {
  // SAFETY: zod's JSON schema is plain JSON; JsonSchema names keywords that are all optional.
  return JSON.parse(
    JSON.stringify(schema, (_, value: unknown) =>
      value === Number.MAX_SAFE_INTEGER || value === Number.MIN_SAFE_INTEGER ? undefined : value,
    ),
  ) as JsonSchema;
}
