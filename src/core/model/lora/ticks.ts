import type { ModelStructure } from '../../../protocol/model';
import { candidates } from './candidates';
import { type LoraGroup, loraGroups } from './groups';
import { isLinear } from './layerKind';
import { loraConfig, type LoraSection } from './loraConfig';
import { parentOf } from './matchNames';
import { matchParameters } from './matchParameters';
import { matchTarget } from './matchTarget';
import { targetNames } from './plan';
import { tickables } from './reach';
import { Refused, Unjudged } from './refusal';

export type TickState = 'all' | 'some' | 'none';

/** What the lora section ticks of a model. */
export interface LoraTicks {
  /** Full names of layers and of parameters with fused experts, in the order of the model. */
  readonly tickable: readonly string[];
  readonly ticked: ReadonlySet<string>;
  readonly groups: readonly { readonly group: LoraGroup; readonly state: TickState }[];
}

/** Full names that get ticked or unticked; that of a container stands for all in it. */
export interface TickChange {
  readonly names: readonly string[];
  readonly ticked: boolean;
}

/** Keys of the lora section to write; null takes a key away. Those that stay as they are aren't there. */
export type LoraValues = Readonly<
  Partial<{
    target_modules: readonly string[] | string | null;
    exclude_modules: readonly string[] | string | null;
    layers_to_transform: readonly number[] | number | null;
    layers_pattern: readonly string[] | string | null;
    target_parameters: readonly string[] | null;
    lora_dropout: number;
    use_dora: boolean;
  }>
>;

export function ticksOf(structure: ModelStructure, lora: LoraSection): LoraTicks {
  const tickable = tickables(structure, lora).map(({ name }) => name);
  const matched = new Set(matchedNames(structure, lora));
  const ticked = new Set(tickable.filter((name) => matched.has(name)));
  const groups = loraGroups(structure, lora).map((group) => ({ group, state: stateOf(group.members, ticked) }));
  return { tickable, ticked, groups };
}

/** Of a module and all in it; null where there is nothing to tick. */
export function tickStateOf({ tickable, ticked }: LoraTicks, name: string): TickState | null {
  const members = tickable.filter((layer) => isWithin(layer, name));
  return members.length === 0 ? null : stateOf(members, ticked);
}

/**
 * What to write so that exactly these layers get adapters, as a person would: all-linear, a list of names,
 * layers_to_transform, exclude_modules, and a pattern where nothing simpler says it. Each way is tried on the model before
 * it is taken.
 */
export function withTicks(structure: ModelStructure, lora: LoraSection, { names, ticked }: TickChange): LoraValues {
  const layers = tickables(structure, lora);
  const wanted = new Set(matchedNames(structure, lora));
  for (const { name } of layers) {
    if (!names.some((changed) => isWithin(name, changed))) continue;
    if (ticked) wanted.add(name);
    else wanted.delete(name);
  }
  // a router that came with all-linear stands in no list of layers
  if (!ticked) for (const name of wanted) if (names.some((changed) => isWithin(name, changed))) wanted.delete(name);
  return valuesFor(structure, lora, wanted);
}

/** The same for a whole set of full names, all of which PEFT can reach. */
export function valuesFor(structure: ModelStructure, lora: LoraSection, wanted: ReadonlySet<string>): LoraValues {
  if (wanted.size === 0) return changes(lora, NOTHING);
  for (const values of candidates(structure, lora, wanted)) {
    const targets = layersOf(structure, targetNames(structure, withValues(lora, values)));
    if (targets?.length === wanted.size && targets.every((name) => wanted.has(name))) return changes(lora, values);
  }
  return {};
}

const NOTHING: LoraValues = {
  target_modules: null,
  exclude_modules: null,
  layers_to_transform: null,
  layers_pattern: null,
  target_parameters: null,
};

/** The section with the values in it. */
export function withValues(lora: LoraSection, values: LoraValues): LoraSection {
  // SAFETY: the values are those of the section's keys; the schema's lists are only not readonly.
  return { ...lora, ...values } as LoraSection;
}

function changes(lora: LoraSection, values: LoraValues): LoraValues {
  const before: Readonly<Record<string, unknown>> = lora;
  return Object.fromEntries(
    Object.entries(values).filter(([key, value]) => JSON.stringify(before[key]) !== JSON.stringify(value)),
  );
}

/** What the section names, even where PEFT refuses it for something else. */
function matchedNames(structure: ModelStructure, lora: LoraSection): readonly string[] {
  try {
    const targets = layersOf(structure, targetNames(structure, lora));
    if (targets !== null) return targets;
    const config = loraConfig(structure, lora);
    const reachable = new Set(tickables(structure, lora).map(({ name }) => name));
    return [
      ...structure.modules
        .map(({ name }) => name)
        .filter((name) => reachable.has(name) && matchTarget(config, name) === 'target'),
      ...matchParameters(structure, config.targetParameters)
        .map(({ module, parameter }) => `${module.name}.${parameter.name}`)
        .filter((name) => reachable.has(name)),
    ];
  } catch (error) {
    if (error instanceof Refused || error instanceof Unjudged) return [];
    throw error;
  }
}

/** target_parameters may name the weight of a linear layer: that layer is ticked. */
function layersOf({ modules }: ModelStructure, targets: readonly string[] | null): readonly string[] | null {
  if (targets === null) return null;
  const linear = new Set(modules.filter(isLinear).map(({ name }) => name));
  return targets.map((name) => (linear.has(parentOf(name)) ? parentOf(name) : name));
}

function stateOf(members: readonly string[], ticked: ReadonlySet<string>): TickState {
  const count = members.filter((name) => ticked.has(name)).length;
  return count === 0 ? 'none' : count === members.length ? 'all' : 'some';
}

function isWithin(name: string, container: string): boolean {
  return name === container || name.startsWith(`${container}.`);
}
