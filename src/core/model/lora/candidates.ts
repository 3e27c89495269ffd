import type { ModelStructure } from '../../../protocol/model';
import { blockOf } from './groups';
import { isAllLinear } from './allLinear';
import { isLinear, isRouter } from './layerKind';
import type { LoraSection } from './loraConfig';
import { leafOf, parentOf, suffixesOf } from './matchNames';
import { moeNamesOf } from './moeNames';
import { defaultTargetsOf } from './defaultTargets';
import { outsideText, patternOf } from './tickPatterns';
import type { LoraValues } from './ticks';

/** Longer lists of single layers are better said by a pattern. */
const FEW = 8;

/**
 * Ways to write a set of layers and parameters, the plainest first. Not each says what is wanted: the caller tries them.
 * The last one does, always.
 */
export function* candidates(
  structure: ModelStructure,
  lora: LoraSection,
  wanted: ReadonlySet<string>,
): Generator<LoraValues> {
  const modules = structure.modules.filter(({ name }) => wanted.has(name)).map(({ name }) => name);
  const inModules = new Set(modules);
  const parameters = [...wanted].filter((name) => !inModules.has(name));
  yield {};
  if (parameters.length === 0) {
    for (const targets of targetCandidates(structure, lora, modules)) yield { ...targets, target_parameters: null };
    return;
  }
  // PEFT makes no adapter of a parameter with dropout or DoRA
  const settings = {
    ...(lora.lora_dropout > 0 ? { lora_dropout: 0 } : {}),
    ...(lora.use_dora ? { use_dora: false } : {}),
  };
  yield* formerNames(structure, lora, modules, settings);
  for (const names of parameterNames(structure, lora, parameters))
    for (const targets of targetCandidates(structure, lora, modules))
      yield { ...targets, ...settings, target_parameters: names };
}

/** Experts that are named as before they were fused stay so: PEFT gives two fused ones twice the rank. */
function* formerNames(
  structure: ModelStructure,
  lora: LoraSection,
  modules: readonly string[],
  settings: LoraValues,
): Generator<LoraValues> {
  const { target_modules: targets } = lora;
  const renamed = Object.keys(moeNamesOf(structure.modelType)?.renamed ?? {});
  if (!Array.isArray(targets) || renamed.length === 0) return;
  const former = targets.filter((name) => renamed.includes(leafOf(name)));
  if (former.length > 0)
    yield { ...PLAIN, ...settings, target_modules: ordered(lora, [...namesOf(modules), ...former]) };
}

const PLAIN = { exclude_modules: null, layers_to_transform: null, layers_pattern: null } as const;

function* targetCandidates(
  structure: ModelStructure,
  lora: LoraSection,
  modules: readonly string[],
): Generator<LoraValues> {
  yield {}; // what is written may do
  if (modules.length === 0) {
    yield { ...PLAIN, target_modules: null };
    // experts alone: PEFT would add its own idea of target_modules
    const own = defaultTargetsOf(structure.modelType);
    if (own !== null) yield { ...PLAIN, target_modules: null, exclude_modules: own };
    return;
  }
  const names = ordered(lora, namesOf(modules));
  const vision = outsideText(structure);
  const excludes = [...new Set([null, lora.exclude_modules, vision])];
  const wasAll = typeof lora.target_modules === 'string' && isAllLinear(lora.target_modules);
  for (const exclude of excludes) yield { ...PLAIN, target_modules: 'all-linear', exclude_modules: exclude };
  if (wasAll || structure.modules.some(isRouter))
    yield* withMissing(structure, 'all-linear', allLinearNames(structure), modules);
  for (const exclude of excludes) yield { ...PLAIN, target_modules: names, exclude_modules: exclude };
  yield* withLayers(structure, lora, names, modules, excludes);
  yield* withMissing(structure, names, instancesOf(structure, names), modules);
  yield* withSingles(structure, lora, modules);
  yield { ...PLAIN, target_modules: patternOf(structure, modules) };
  // PEFT makes a pattern for former experts' models one of last parts: whole names it takes as they are
  yield { ...PLAIN, target_modules: modules };
}

/** Whole blocks are left out. */
function* withLayers(
  structure: ModelStructure,
  lora: LoraSection,
  names: readonly string[],
  modules: readonly string[],
  excludes: readonly LoraSection['exclude_modules'][],
): Generator<LoraValues> {
  const all = new Set(modules);
  const wanted = structure.modules.filter(({ name }) => all.has(name));
  const blocks = [...new Set(wanted.flatMap(({ block }) => (block === null ? [] : [block])))].sort((a, b) => a - b);
  if (blocks.length === 0) return;
  const lists = [...new Set(wanted.flatMap((module) => listOf(blockOf(module))))];
  const patterns = [...new Set([null, lora.layers_pattern, ...(lists.length === 1 ? suffixesOf(lists[0] ?? '') : [])])];
  for (const pattern of patterns)
    for (const exclude of excludes)
      yield { target_modules: names, exclude_modules: exclude, layers_to_transform: blocks, layers_pattern: pattern };
}

function listOf(block: string | null): readonly string[] {
  return block === null ? [] : [parentOf(block)];
}

/** All but a few. */
function* withMissing(
  structure: ModelStructure,
  targets: readonly string[] | string,
  reached: readonly string[],
  modules: readonly string[],
): Generator<LoraValues> {
  const wanted = new Set(modules);
  const missing = reached.filter((name) => !wanted.has(name));
  const isWhole = (leaf: string) => instancesOf(structure, [leaf]).every((name) => !wanted.has(name));
  const routers = new Set(structure.modules.filter(isRouter).map(({ name }) => leafOf(name)));
  const whole = [...new Set(missing.map(leafOf))].filter(isWhole);
  // without a name altogether: a list of the others says it better
  if (whole.some((leaf) => !routers.has(leaf))) return;
  const single = missing.filter((name) => !whole.includes(leafOf(name)));
  if (missing.length === 0 || single.length > FEW || missing.length * 2 > modules.length) return;
  const names = [...whole, ...single.map((name) => shortName(structure, name))];
  yield { ...PLAIN, target_modules: targets, exclude_modules: names };
}

/** Names of which every layer is wanted, and a few single layers. */
function* withSingles(structure: ModelStructure, lora: LoraSection, modules: readonly string[]): Generator<LoraValues> {
  const wanted = new Set(modules);
  const whole = namesOf(modules).filter((name) => instancesOf(structure, [name]).every((layer) => wanted.has(layer)));
  const singles = modules.filter((name) => !whole.includes(leafOf(name)));
  if (singles.length === 0 || singles.length > FEW) return;
  const short = singles.map((name) => shortName(structure, name));
  yield { ...PLAIN, target_modules: ordered(lora, [...whole, ...short]) };
}

/** "layers.3.self_attn.q_proj": from the list of blocks on, where that tells it from all others. */
function shortName({ modules }: ModelStructure, name: string): string {
  const module = modules.find((candidate) => candidate.name === name);
  const block = module === undefined ? null : blockOf(module);
  const short = block === null ? leafOf(name) : name.slice(parentOf(parentOf(block)).length).replace(/^\./, '');
  const isOnly = modules.every((other) => other.name === name || !other.name.endsWith(`.${short}`));
  return isOnly ? short : name;
}

function* parameterNames(
  structure: ModelStructure,
  lora: LoraSection,
  parameters: readonly string[],
): Generator<readonly string[]> {
  if (lora.target_parameters !== null && lora.target_parameters.length > 0) yield lora.target_parameters;
  // with what it stands in: "experts.down_proj"
  yield [...new Set(parameters.map((name) => suffixesOf(name)[1] ?? name))];
  yield parameters.map((name) => shortName(structure, name));
  yield parameters;
}

function namesOf(modules: readonly string[]): readonly string[] {
  return [...new Set(modules.map(leafOf))];
}

/** Names that are there already keep their place. */
function ordered({ target_modules: present }: LoraSection, names: readonly string[]): readonly string[] {
  const before = Array.isArray(present) ? present.filter((name) => names.includes(name)) : [];
  return [...before, ...names.filter((name) => !before.includes(name))];
}

function instancesOf({ modules }: ModelStructure, names: readonly string[]): readonly string[] {
  return modules.filter((module) => isLinear(module) && names.includes(leafOf(module.name))).map(({ name }) => name);
}

function allLinearNames({ modules, outputEmbeddings }: ModelStructure): readonly string[] {
  return modules.filter((module) => isLinear(module) && module.name !== outputEmbeddings).map(({ name }) => name);
}
