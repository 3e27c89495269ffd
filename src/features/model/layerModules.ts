import {
  type ExpectedFacts,
  type ExpectedModule,
  expectedModules,
  weightDtype,
} from '../../core/model/expectedModules';
import { ticksOf } from '../../core/model/lora/ticks';
import type { LinearFate, LoraTarget, ModelModule, ModelPart } from '../../protocol/model';
import { type LayerGroup, layerGroup } from './layerGroups';
import { elementsOf } from '../../core/model/elements';

/** What happens to a layer in the training. saved: trained whole and kept with the adapter (modules_to_save). */
export type LayerRole = 'lora' | 'saved' | 'frozen';

/** One row of the tree: a module with parameters, or a fused parameter that LoRA can work on by itself. */
export interface LayerModule {
  readonly name: string; // full
  readonly leaf: string; // after the last dot; of a parameter, with its module
  readonly inBlock: string; // the rest of the name after its block's number
  readonly type: string; // once loaded: "Linear4bit"
  /** weight as PyTorch has it: [out, in] for linear layers */
  readonly shape: readonly number[] | null;
  readonly dtype: string | null;
  /** Of its own: what it shares is counted where it is. */
  readonly parameters: number;
  /** Full name of the parameter that it shares its weight with. */
  readonly tiedTo: string | null;
  readonly group: LayerGroup;
  readonly part: ModelPart;
  readonly block: number | null;
  /** Of linear layers alone. */
  readonly fate: LinearFate | null;
  /** Whether the lora section names it; null: LoRA can't work on it. */
  readonly ticked: boolean | null;
  readonly isParameter: boolean;
  readonly role: LayerRole;
  /** Its adapter; null without one. */
  readonly adapter: LoraTarget | null;
}

/** The rows of a model, in its own order: containers and what has no parameters are left out. */
export function layerModules(facts: ExpectedFacts): readonly LayerModule[] {
  const { structure, fates } = facts;
  const types = new Map(structure.modules.map(({ name, type }) => [name, type]));
  const loaded = new Map(expectedModules({ ...facts, step: 'model' }).map((module) => [module.name, module]));
  const unpacked = weightDtype(facts);
  const lora = loraFacts(facts);
  return structure.modules.flatMap((module): readonly LayerModule[] => {
    const expected = loaded.get(module.name);
    if (expected === undefined || module.parameters.length === 0) return [];
    const { name, part, block, parameters } = module;
    const fate = fates.get(name) ?? null;
    const isHead = name === structure.outputEmbeddings;
    const group = layerGroup(module, { isLinear: fate !== null, isHead, around: typesAround(name, types) });
    const tiedTo = parameters.find((parameter) => parameter.name === 'weight')?.tiedTo ?? null;
    const { type } = expected;
    return rows(module, expected, unpacked).map((row) => {
      const { shape, dtype, parameters: own, isParameter } = row;
      const told = {
        name: row.name,
        type,
        shape,
        dtype,
        parameters: own,
        isParameter,
        group,
        part,
        block,
        fate,
        tiedTo,
      };
      return Object.assign(told, names(row, block), lora(row.name));
    });
  });
}

/** By the name of a row. */
function loraFacts({
  structure,
  recipe,
  plan,
}: ExpectedFacts): (name: string) => Pick<LayerModule, 'ticked' | 'role' | 'adapter'> {
  const { tickable, ticked } = ticksOf(structure, recipe.lora);
  const canTick = new Set(tickable);
  const adapters = new Map(plan.targets.map((target) => [target.name, target]));
  const saved = new Set(plan.saved);
  return (name) => {
    const adapter = adapters.get(name) ?? null;
    const role = isSaved(name, saved) ? 'saved' : adapter === null ? 'frozen' : 'lora';
    return { ticked: canTick.has(name) ? ticked.has(name) : null, role, adapter };
  };
}

function names({ name, isParameter }: Row, block: number | null): Pick<LayerModule, 'leaf' | 'inBlock'> {
  const leaf = name
    .split('.')
    .slice(isParameter ? -2 : -1)
    .join('.');
  const number = block === null ? null : `.${block}.`;
  return { leaf, inBlock: number === null ? name : name.slice(name.indexOf(number) + number.length) };
}

interface Row {
  readonly name: string;
  readonly shape: readonly number[] | null;
  readonly dtype: string | null;
  readonly parameters: number;
  readonly isParameter: boolean;
}

/** Fused experts keep a matrix for each expert in one parameter of three dimensions: each of those is a row of its own. */
function rows(module: ModelModule, { shape, dtype }: ExpectedModule, unpacked: string): readonly Row[] {
  const fused = module.parameters.filter((parameter) => parameter.shape.length === 3 && parameter.name !== 'weight');
  if (fused.length === 0)
    return [{ name: module.name, shape, dtype, parameters: ownParameters(module), isParameter: false }];
  return fused.map((parameter) => ({
    name: `${module.name}.${parameter.name}`,
    shape: parameter.shape,
    dtype: unpacked, // bitsandbytes packs linear layers alone
    parameters: elementsOf(parameter.shape),
    isParameter: true,
  }));
}

function ownParameters({ parameters }: ModelModule): number {
  return parameters
    .filter(({ tiedTo }) => tiedTo === null)
    .reduce((sum, parameter) => sum + elementsOf(parameter.shape), 0);
}

function typesAround(name: string, types: ReadonlyMap<string, string>): readonly string[] {
  const around: string[] = [];
  for (let cut = name.lastIndexOf('.'); cut > 0; cut = name.lastIndexOf('.', cut - 1)) {
    const type = types.get(name.slice(0, cut));
    if (type !== undefined) around.push(type);
  }
  return around;
}

function isSaved(name: string, saved: ReadonlySet<string>): boolean {
  for (let cut = name.length; cut > 0; cut = name.lastIndexOf('.', cut - 1))
    if (saved.has(name.slice(0, cut))) return true;
  return false;
}
