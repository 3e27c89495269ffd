import type { LoraConfig } from './loraConfig';
import { endsWithName } from './matchNames';
import { KeyPattern } from './patterns';

export type TargetMatch = 'target' | 'excluded' | 'none';

/** peft 0.21.0, tuners_utils.py check_target_module_exists. Throws Refused and Unjudged. */
export function matchTarget({ section, targetModules }: LoraConfig, name: string): TargetMatch {
  const { exclude_modules: excluded, modules_to_save: saved } = section;
  if (typeof excluded === 'string') {
    if (excluded !== '' && new KeyPattern('exclude_modules', excluded).fullMatch(name)) return 'excluded';
  } else if (excluded?.some((key) => endsWithName(name, key))) return 'excluded';
  // what is trained whole gets no adapter, nor does anything in it; PEFT takes these names for patterns
  if (saved?.some((key) => new KeyPattern('modules_to_save', key, `(^|.*\\.)${key}($|\\..*)`).match(name) !== null))
    return 'excluded';
  if (targetModules === null) return 'none';
  if (typeof targetModules === 'string') return matchesName(targetModules, name) ? 'target' : 'none';
  // a whole name counts whatever layers_to_transform says
  if (targetModules.has(name)) return 'target';
  const matched = [...targetModules].some((key) => name.endsWith(`.${key}`));
  return matched && isChosenLayer(section, name) ? 'target' : 'none';
}

type Layers = Pick<LoraConfig['section'], 'layers_to_transform' | 'layers_pattern'>;

function isChosenLayer({ layers_to_transform: layers, layers_pattern: pattern }: Layers, name: string): boolean {
  if (layers === null || (Array.isArray(layers) && layers.length === 0)) return true;
  const index = layerIndex(pattern, name);
  return index !== null && (Array.isArray(layers) ? layers.includes(index) : layers === index);
}

/** The number of the block that a name stands in, as PEFT reads it: after the first part that a number follows. */
export function layerIndex(pattern: Layers['layers_pattern'], name: string): number | null {
  const patterns = typeof pattern === 'string' ? [pattern] : (pattern ?? []);
  // none, or an empty text (len() is 0): any name
  const isAny = pattern === '' || patterns.length === 0;
  for (const written of isAny ? [null] : patterns) {
    const regex =
      written === null
        ? new KeyPattern('layers_pattern', '', String.raw`.*?\.[^.]*\.(?P<idx>\d+)\.`)
        : new KeyPattern('layers_pattern', written, String.raw`(?:^|.*?\.)${written}\.(?P<idx>\d+)\.`);
    const found = regex.match(name)?.named('idx');
    if (found !== undefined && found !== null) return Number(found);
  }
  return null;
}

/** peft 0.21.0, utils/other.py get_pattern_key: the value of the first pattern that the end of the name matches. */
export function patternValue(
  key: 'rank_pattern' | 'alpha_pattern',
  patterns: ReadonlyMap<string, number>,
  name: string,
): number | null {
  for (const [pattern, value] of patterns) if (matchesPattern(key, pattern, name)) return value;
  return patterns.get(name) ?? null;
}

export function matchesPattern(key: 'rank_pattern' | 'alpha_pattern', pattern: string, name: string): boolean {
  return new KeyPattern(key, pattern, `(.*\\.)?(${pattern})$`).match(name) !== null;
}

/** re.fullmatch of target_modules over a whole name. */
export function matchesName(pattern: string, name: string): boolean {
  return new KeyPattern('target_modules', pattern).fullMatch(name);
}
