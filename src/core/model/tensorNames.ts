import type { TensorRules } from './families/family';

export interface LoadedNames {
  /** Parameters that the tensor becomes, or is a part of. */
  readonly names: readonly string[];
  /** A WeightConverter joins or splits it. */
  readonly converted: boolean;
}

/** conversion_mapping.py, "legacy": for every model. */
const LEGACY: TensorRules['renamed'] = [
  [/LayerNorm.gamma/, 'LayerNorm.weight'],
  [/LayerNorm.beta/, 'LayerNorm.bias'],
];

/**
 * What a tensor of the checkpoint is called in the model (core_model_loading.rename_source_key): all renamings, the first
 * conversion that fits, then base_model_prefix where the model has the name only with it, or only without.
 */
export function loadedNames(
  tensor: string,
  { prefix, renamed, converted }: TensorRules,
  isParameter: (name: string) => boolean,
): LoadedNames {
  let name = tensor;
  for (const [from, to] of [...renamed, ...LEGACY]) name = name.replace(from, to);
  const conversion = converted.find(({ from }) => from.test(name));
  const names = conversion === undefined ? [name] : conversion.to.map((to) => name.replace(conversion.from, to));
  return { names: names.map((one) => prefixed(one, prefix, isParameter)), converted: conversion !== undefined };
}

function prefixed(name: string, prefix: string, isParameter: (name: string) => boolean): string {
  if (name.startsWith(prefix)) {
    const without = name.slice(prefix.length + 1);
    if (isParameter(without)) return without;
  }
  return isParameter(`${prefix}.${name}`) ? `${prefix}.${name}` : name;
}
