import { z } from 'zod';
import { recipeSchema } from './schema/recipe';

/** A part of the schema below its defaults: a group of named keys, or a value. */
export type SchemaPart =
  | { readonly kind: 'group'; readonly keys: Readonly<Record<string, z.ZodType>>; readonly nullable: boolean }
  | { readonly kind: 'value'; readonly schema: z.ZodType };

export const recipePart = partOf(recipeSchema);

export function partOf(schema: z.ZodType): SchemaPart {
  let inner: unknown = schema;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault || inner instanceof z.ZodNullable)
    inner = inner.unwrap();
  if (!(inner instanceof z.ZodObject)) return { kind: 'value', schema };
  // SAFETY: a ZodObject's shape maps keys to classic schemas when it was made with zod's classic API, as ours is.
  const keys = inner.shape as Record<string, z.ZodType>;
  return { kind: 'group', keys, nullable: schema.safeParse(null).success };
}

export function isRequired(schema: z.ZodType): boolean {
  return !schema.safeParse(undefined).success;
}
