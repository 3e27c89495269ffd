import type { ModelStructure } from '../../../protocol/model';
import { allLinear, isAllLinear } from './allLinear';
import type { LoraConfig } from './loraConfig';
import { matchTarget } from './matchTarget';
import { endsWithName, leafOf, parentOf } from './matchNames';
import { type MoeNames, moeNamesOf } from './moeNames';
import { Refused } from './refusal';

/**
 * peft 0.21.0, utils/transformers_weight_conversion.py _convert_peft_config_moe: names of what were linear experts become
 * parameters, two fused ones with twice the rank, and a pattern becomes the last parts of the names that it matches,
 * whatever layers it spoke of.
 */
export function convertMoeNames(structure: ModelStructure, config: LoraConfig): LoraConfig {
  const names = moeNamesOf(structure.modelType);
  if (names === null) return config;
  const { targetModules: written } = config;
  const targets =
    typeof written === 'string' ? leaves(structure, config, written, names) : (written ?? new Set<string>());
  if (typeof written === 'string' && targets.size === 0) return config;

  const targetModules = new Set<string>();
  const targetParameters = new Set(config.targetParameters);
  const present = new Map(Object.keys(names.fused).map((parameter) => [parameter, new Set<string>()]));
  for (const target of targets) {
    const renamed = Object.entries(names.renamed).find(([old]) => endsWithName(target, old));
    if (renamed === undefined) targetModules.add(target);
    else {
      targetParameters.add(renamed[1]);
      present.get(renamed[1])?.add(renamed[0]);
    }
  }
  const rankPattern = new Map(config.rankPattern);
  const alphaPattern = new Map(config.alphaPattern);
  for (const [parameter, halves] of Object.entries(names.fused)) {
    const found = present.get(parameter) ?? new Set();
    const missing = halves.filter((half) => !found.has(half));
    if (found.size > 0 && missing.length > 0)
      throw new Refused({ kind: 'fusedHalf', present: [...found].sort(), missing: missing.toSorted(), parameter });
    if (found.size === 0) continue;
    rankPattern.set(`.*\\.${parameter}`, config.section.r * halves.length);
    alphaPattern.set(`.*\\.${parameter}`, config.section.lora_alpha * halves.length);
  }
  return { ...config, targetModules, targetParameters: [...targetParameters], rankPattern, alphaPattern };
}

/** _resolve_string_target_modules */
function leaves(
  structure: ModelStructure,
  config: LoraConfig,
  written: string,
  { renamed }: MoeNames,
): ReadonlySet<string> {
  if (isAllLinear(written)) return new Set([...[...allLinear(structure)].map(leafOf), ...Object.keys(renamed)]);
  const isTarget = (name: string) => matchTarget(config, name) === 'target';
  const parameters = structure.modules.flatMap(({ name, parameters: own }) =>
    own.filter(({ tiedTo }) => tiedTo === null).map((parameter) => `${name}.${parameter.name}`),
  );
  const matched = new Set([...structure.modules.map(({ name }) => name), ...parameters].filter(isTarget).map(leafOf));
  for (const [old, parameter] of Object.entries(renamed)) {
    // the linear experts are gone: their names are tried beside the parameter that holds them now
    const places = parameters.filter((name) => leafOf(name) === parameter).map(parentOf);
    if (!matched.has(old) && places.some((place) => isTarget(`${place}.${old}`))) matched.add(old);
  }
  return matched;
}
