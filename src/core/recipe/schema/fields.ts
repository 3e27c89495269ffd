import { z } from 'zod';

/**
 * Small words for the schema. `about` is the text a person reads where the parameter stands: English here, and at the same
 * time the key of its translation in l10n/bundle.l10n.zh-cn.json.
 */
export function about<T extends z.ZodType>(schema: T, description: string): T {
  // zod puts defaults outermost; meta on the outermost schema is what z.toJSONSchema and the docs read.
  return schema.meta({ description }) as T; // SAFETY: meta() returns a clone of the same schema class.
}

export const text = z.string().min(1);
export const count = z.int().min(0);
export const positive = z.int().min(1);
export const ratio = z.number().min(0).max(1);
export const optional = <T extends z.ZodType>(schema: T) => schema.nullable().default(null);
export const texts = z.array(text);
