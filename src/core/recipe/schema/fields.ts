import { z } from 'zod';

/**
 * Small words for the schema. `about` is the text a person reads where the parameter stands: English here, and at the same
 * time the key of its translation in l10n/bundle.l10n.zh-cn.json. `docsUrl` holds for everything below it. zod puts defaults
 * outermost; what stands outermost is what z.toJSONSchema, and with it hovers and tables, read.
 */
export function about<T extends z.ZodType>(schema: T, description: string, docsUrl?: string): T {
  // SAFETY: meta() returns a clone of the same schema class.
  return schema.meta(docsUrl === undefined ? { description } : { description, docsUrl }) as T;
}

export const text = z.string().min(1);
export const count = z.int().min(0);
export const positive = z.int().min(1);
export const ratio = z.number().min(0).max(1);
export const optional = <T extends z.ZodType>(schema: T) => schema.nullable().default(null);
export const texts = z.array(text);
