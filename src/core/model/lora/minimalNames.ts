import { suffixesOf } from './matchNames';

/** peft 0.21.0, utils/constants.py MIN_TARGET_MODULES_FOR_OPTIMIZATION */
const MANY = 20;

/**
 * PEFT shortens a long list of names to the endings that tell them from all others (tuners_utils.py,
 * _find_minimal_target_modules). It matters: what was a whole name, which layers_to_transform doesn't look at, becomes an
 * ending, which it does; and "embed_tokens" by that name is saved with its base weights.
 */
export function minimalNames(names: ReadonlySet<string>, modules: readonly string[]): ReadonlySet<string> {
  if (names.size < MANY) return names;
  const others = new Set(
    modules.filter((name) => !suffixesOf(name).some((ending) => names.has(ending))).flatMap(suffixesOf),
  );
  const needed = new Set<string>();
  const sorted = [...names].map((name) => [name, suffixesOf(name)] as const).sort(([, a], [, b]) => compareLists(a, b));
  for (const [name, suffixes] of sorted) {
    for (const suffix of suffixes) {
      if (needed.has(suffix) || others.has(suffix)) continue;
      if (
        suffixesOf(name)
          .slice(0, -1)
          .some((ending) => needed.has(ending))
      )
        continue;
      needed.add(suffix);
      break;
    }
  }
  return needed.size > 0 && needed.size < names.size ? needed : names;
}

/** As Python compares lists of strings. */
function compareLists(a: readonly string[], b: readonly string[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 1;
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.length - b.length;
}
