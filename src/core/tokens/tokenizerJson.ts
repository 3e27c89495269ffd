/** Reading tokenizer.json, which anybody may have edited: every value is looked at before it is believed. */
import { wrongValue } from './tokenizerProblem';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function objectAt(owner: JsonObject, key: string, path: string): JsonObject {
  const value = owner[key];
  if (!isJsonObject(value)) {
    throw wrongValue(`${path}.${key}`, '{…}');
  }
  return value;
}

export function listAt(owner: JsonObject, key: string, path: string): readonly unknown[] {
  const value = owner[key];
  if (!Array.isArray(value)) {
    throw wrongValue(`${path}.${key}`, '[…]');
  }
  return value;
}

export function stringAt(owner: JsonObject, key: string, path: string, file?: string): string {
  const value = owner[key];
  if (typeof value !== 'string') {
    throw wrongValue(`${path}.${key}`, '"…"', file);
  }
  return value;
}

export function optionalStringAt(owner: JsonObject, key: string, path: string): string | null {
  return owner[key] === undefined || owner[key] === null ? null : stringAt(owner, key, path);
}

export function flagAt(owner: JsonObject, key: string, path: string, fallback: boolean, file?: string): boolean {
  const value = owner[key];
  if (value === undefined || value === null) {
    return fallback;
  }
  if (typeof value !== 'boolean') {
    throw wrongValue(`${path}.${key}`, 'true / false', file);
  }
  return value;
}

/** The members of a component that is given as one object with `type`, each with its path. */
export function typeOf(component: unknown, path: string): { readonly type: string; readonly fields: JsonObject } {
  if (!isJsonObject(component)) {
    throw wrongValue(path, '{…}');
  }
  return { type: stringAt(component, 'type', path), fields: component };
}
