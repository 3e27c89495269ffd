import type { ModelStructure } from '../../../protocol/model';
import type { FullRecipe } from '../../recipe/schema/recipe';
import { allLinear, isAllLinear } from './allLinear';
import { defaultTargetsOf } from './defaultTargets';
import { minimalNames } from './minimalNames';
import { convertMoeNames } from './moeConversion';
import { KeyPattern } from './patterns';
import { Refused } from './refusal';

export type LoraSection = FullRecipe['lora'];

/** target_modules: names and endings, a pattern over whole names, or nothing. */
export type TargetNames = ReadonlySet<string> | string | null;

/** A LoraConfig as PEFT has it when it begins to match. */
export interface LoraConfig {
  readonly section: LoraSection;
  readonly targetModules: TargetNames;
  readonly targetParameters: readonly string[];
  readonly rankPattern: ReadonlyMap<string, number>;
  readonly alphaPattern: ReadonlyMap<string, number>;
}

/**
 * What LoraConfig.__post_init__ and the first half of BaseTuner.inject_adapter (peft 0.21.0, tuners_utils.py) make of the
 * section: names of fused experts, default targets, all-linear, fewer names. Throws Refused.
 */
export function loraConfig(structure: ModelStructure, section: LoraSection): LoraConfig {
  check(section);
  const written = section.target_modules;
  const config: LoraConfig = {
    section,
    targetModules: Array.isArray(written) ? new Set(written) : written,
    targetParameters: section.target_parameters ?? [],
    rankPattern: new Map(Object.entries(section.rank_pattern)),
    alphaPattern: new Map(Object.entries(section.alpha_pattern)),
  };
  return withNames(structure, withDefaults(structure, convertMoeNames(structure, config)));
}

function check({ target_modules: targets, ...section }: LoraSection): void {
  if (typeof targets === 'string') {
    if (section.layers_to_transform !== null)
      throw new Refused({ kind: 'layersWithPattern', key: 'layers_to_transform' });
    if (section.layers_pattern !== null) throw new Refused({ kind: 'layersWithPattern', key: 'layers_pattern' });
  }
  if (section.layers_pattern !== null && section.layers_pattern.length > 0 && section.layers_to_transform === null)
    throw new Refused({ kind: 'layersPatternAlone' });
  // the trainer's own check (steps/lora.py), before PEFT's
  if (targets === null && (section.target_parameters ?? []).length === 0) throw new Refused({ kind: 'noTargets' });
}

/** LoraModel._prepare_adapter_config */
function withDefaults(structure: ModelStructure, config: LoraConfig): LoraConfig {
  if (config.targetModules !== null) return config;
  const names = defaultTargetsOf(structure.modelType);
  return { ...config, targetModules: names === null || typeof names === 'string' ? names : new Set(names) };
}

function withNames(structure: ModelStructure, config: LoraConfig): LoraConfig {
  const { targetModules } = config;
  const expanded =
    typeof targetModules === 'string' && isAllLinear(targetModules) ? allLinear(structure) : targetModules;
  if (expanded === null || typeof expanded === 'string') {
    // _check_tied_modules matches it at once: an error shows before anything is wrapped
    if (expanded !== null) new KeyPattern('target_modules', expanded).fullMatch('embed_tokens');
    return config;
  }
  return { ...config, targetModules: minimalNames(expanded, ['', ...structure.modules.map(({ name }) => name)]) };
}
