import type { LoraPlan, ModelModule, ModelStructure } from '../../../protocol/model';
import { type AdapterParts, adapterTensors, type PlacedAdapter, within } from './adapterTensors';
import { adapterFileBytes } from './adapterFile';
import { biasesOf } from './biases';
import { moduleAdapter, parameterAdapter } from './layerAdapter';
import { type LoraConfig, loraConfig, type LoraSection } from './loraConfig';
import { isMambaExcluded } from './mamba';
import { isTransposed, matchParameters } from './matchParameters';
import { matchTarget } from './matchTarget';
import type { LoraLoading } from './parameterDtype';
import { type LoraOutcome, Refused, Unjudged } from './refusal';
import { savedModules } from './savedModules';
import { elementsOf } from '../elements';

/**
 * What PEFT 0.21.0 makes of the lora section on this model. Never throws: where nothing matches, or PEFT would refuse
 * (judgeLora tells why), there are no targets. `loading`: as if nothing were quantised, where it isn't given.
 */
export function planLora(structure: ModelStructure, lora: LoraSection, loading?: LoraLoading): LoraPlan {
  const outcome = judgeLora(structure, lora, loading);
  if (outcome.kind === 'plan') return outcome.plan;
  const total = baseParameters(structure, loading ?? unquantized(structure));
  return { targets: [], saved: [], biases: [], trainable: 0, total, adapterBytes: 0 };
}

/** The plan, or why there is none. */
export function judgeLora(
  structure: ModelStructure,
  lora: LoraSection,
  loading: LoraLoading = unquantized(structure),
): LoraOutcome {
  try {
    return { kind: 'plan', plan: plan(structure, loraConfig(structure, lora), loading) };
  } catch (error) {
    if (error instanceof Refused) return { kind: 'refused', refusal: error.refusal };
    if (error instanceof Unjudged) return { kind: 'unjudged', unjudged: error.unjudged };
    throw error;
  }
}

/** Full names of what gets an adapter, whatever else of the section is wrong; null where PEFT refuses that. */
export function targetNames(structure: ModelStructure, lora: LoraSection): readonly string[] | null {
  try {
    const config = loraConfig(structure, { ...lora, rank_pattern: {}, alpha_pattern: {} });
    return placedAdapters(structure, config, unquantized(structure)).map(({ adapter }) => adapter.target.name);
  } catch (error) {
    if (error instanceof Refused || error instanceof Unjudged) return null;
    throw error;
  }
}

function unquantized({ dtype }: ModelStructure): LoraLoading {
  return { dtype, fates: new Map() };
}

function plan(structure: ModelStructure, config: LoraConfig, loading: LoraLoading): LoraPlan {
  const adapters = placedAdapters(structure, config, loading);
  const wrapped = new Set(adapters.map(({ module }) => module.name));
  const saved = savedModules(structure, config.section, wrapped, loading.fates);
  const parts: AdapterParts = { adapters, saved, biases: biasesOf(structure, config.section, wrapped) };
  const copied = sum(saved.flatMap(({ name }) => within(structure, name)).flatMap(sizesOf));
  const added = sum(adapters.map(({ adapter }) => adapter.target.parameters)) + copied;
  const biases = parts.biases.filter(
    ({ module }) => !saved.some(({ name }) => `${module.name}.`.startsWith(`${name}.`)),
  );
  return {
    targets: adapters.map(({ adapter }) => adapter.target),
    saved: saved.map(({ name }) => name),
    biases: biases.map(({ module }) => `${module.name}.bias`),
    trainable: added + sum(biases.map(({ shape }) => elementsOf(shape))),
    total: baseParameters(structure, loading) + added,
    adapterBytes: adapterFileBytes(adapterTensors(structure, config, loading, parts)),
  };
}

function placedAdapters(structure: ModelStructure, config: LoraConfig, loading: LoraLoading): readonly PlacedAdapter[] {
  const modules = adaptedModules(structure, config);
  const targeted = new Set(modules.map(({ module }) => module.name));
  const adapters = [...modules, ...adaptedParameters(structure, config, loading, targeted)];
  if (adapters.length === 0) throw new Refused({ kind: 'nothingMatched' });
  return adapters;
}

function adaptedModules(structure: ModelStructure, config: LoraConfig): readonly PlacedAdapter[] {
  return structure.modules.flatMap((module) => {
    if (matchTarget(config, module.name) !== 'target') return [];
    if (isMambaExcluded(structure.modelType, module.name)) throw new Refused({ kind: 'mamba', module: module.name });
    return [{ adapter: moduleAdapter(config, module), module, depth: 0 }];
  });
}

function adaptedParameters(
  structure: ModelStructure,
  config: LoraConfig,
  { fates }: LoraLoading,
  targeted: ReadonlySet<string>,
): readonly PlacedAdapter[] {
  const matched = matchParameters(structure, config.targetParameters);
  return matched.map(({ module, parameter }, index) => {
    if (targeted.has(module.name))
      throw new Refused({ kind: 'parameterOfTarget', parameter: `${module.name}.${parameter.name}` });
    // bitsandbytes' layers are dispatched before parameters are thought of (LoraModel._create_new_module)
    if (fates.get(module.name)?.kind.startsWith('Linear') === true)
      return { adapter: moduleAdapter(config, module), module, depth: 0 };
    const outside = matched.slice(index + 1).filter((other) => other.module === module).length;
    return { adapter: parameterAdapter(config, module, parameter, isTransposed(module)), module, depth: outside };
  });
}

/** get_nb_trainable_parameters() before adapters: what is tied counts once, two 4-bit weights are one byte. */
function baseParameters({ modules }: ModelStructure, { fates }: LoraLoading): number {
  return sum(
    modules.flatMap(({ name, parameters }) =>
      parameters
        .filter(({ tiedTo }) => tiedTo === null)
        .map((parameter) =>
          parameter.name === 'weight' && fates.get(name)?.kind === 'Linear4bit'
            ? Math.ceil(elementsOf(parameter.shape) / 2) * 2
            : elementsOf(parameter.shape),
        ),
    ),
  );
}

function sizesOf({ parameters }: ModelModule): readonly number[] {
  return parameters.map(({ shape }) => elementsOf(shape));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
