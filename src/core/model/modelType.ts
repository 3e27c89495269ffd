import { isPlainObject } from '../../protocol/shape';

/** `model_type` in the text of a model's config.json, such as "phi3"; null where there is none to read. */
export function modelTypeOf(config: string | null): string | null {
  try {
    const value: unknown = JSON.parse(config ?? 'null');
    return isPlainObject(value) && typeof value['model_type'] === 'string' ? value['model_type'] : null;
  } catch {
    return null;
  }
}
