import { type Message, message } from '../../../common/message';
import type { ModelModule, ModelStructure } from '../../../protocol/model';
import type { LoraSection } from './loraConfig';
import { grouped } from './grouped';
import { leafOf, parentOf } from './matchNames';
import { type Tickable, tickables } from './reach';

export type LoraGroupKind = 'allLinear' | 'attention' | 'mlp' | 'experts' | 'vision' | 'name';

/** Layers that a person thinks of as one. */
export interface LoraGroup {
  readonly id: string; // "attention"; "name:q_proj"
  readonly kind: LoraGroupKind;
  readonly label: Message;
  /** Full names, in the order of the model; never empty. */
  readonly members: readonly string[];
}

/** Of a layer in the blocks of the text model: by the classes of what it stands in. Null for routers and the head. */
type Role = 'attention' | 'mlp' | 'experts' | 'other';

// nn.Linear with one output for each expert, or one at all: what chooses, not what computes
const ROUTERS = new Set(['gate', 'router', 'shared_expert_gate', 'gate_proj_router']);

/** The groups of a model, and one for each name of a layer. Those that would be the same as all are left out. */
export function loraGroups(structure: ModelStructure, lora: LoraSection): readonly LoraGroup[] {
  const types = new Map(structure.modules.map(({ name, type }) => [name, type]));
  const all = tickables(structure, lora);
  const inText = all.filter(({ module, name }) => module.part === 'text' && name !== structure.outputEmbeddings);
  const withRole = (role: Role) => inText.filter((layer) => roleOf(layer, types) === role);
  const groups = [
    group(
      'allLinear',
      'allLinear',
      message('All linear layers'),
      inText.filter(({ kind }) => kind === 'module'),
    ),
    group('attention', 'attention', message('Attention'), withRole('attention')),
    group('mlp', 'mlp', message('MLP'), withRole('mlp')),
    group('experts', 'experts', message('Experts'), withRole('experts')),
    group(
      'vision',
      'vision',
      message('Vision tower'),
      all.filter(({ module }) => module.part !== 'text'),
    ),
    ...names(inText),
  ];
  return groups.filter(({ members }) => members.length > 0);
}

/** Attention and MLP: what a person starts with. Names for target_modules, in the order of the model. */
export function usualNames(structure: ModelStructure, lora: LoraSection): readonly string[] {
  const groups = loraGroups(structure, lora).filter(({ kind }) => kind === 'attention' || kind === 'mlp');
  return [...new Set(groups.flatMap(({ members }) => members).map(leafOf))];
}

function names(layers: readonly Tickable[]): readonly LoraGroup[] {
  const byName = grouped(layers, ({ name }) => leafOf(name));
  return [...byName].map(([name, members]) => group(`name:${name}`, 'name', message('{0}', name), members));
}

function group(id: string, kind: LoraGroupKind, label: Message, members: readonly Tickable[]): LoraGroup {
  return { id, kind, label, members: members.map(({ name }) => name) };
}

function roleOf({ kind, module, name }: Tickable, types: ReadonlyMap<string, string>): Role {
  if (kind === 'parameter') return 'experts';
  if (module.block === null || ROUTERS.has(leafOf(name))) return 'other';
  for (const within of ancestors(module)) {
    const type = types.get(within) ?? '';
    if (/Attention/.test(type)) return 'attention';
    // state space models and linear attention have projections of their own
    if (/Mixer|Mamba|DeltaNet|RWKV|Recurrent/.test(type)) return 'other';
    if (/\.\d+$/.test(within) && within === blockOf(module)) break;
  }
  return 'mlp';
}

/** From the nearest outwards. */
function* ancestors({ name }: ModelModule): Generator<string> {
  for (let at = parentOf(name); at !== ''; at = parentOf(at)) yield at;
}

/** "model.layers.3" of "model.layers.3.mlp.experts.0.up_proj": the first part with the number of the block. */
export function blockOf({ name, block }: ModelModule): string | null {
  if (block === null) return null;
  const parts = name.split('.');
  const at = parts.indexOf(String(block));
  return at < 0 ? null : parts.slice(0, at + 1).join('.');
}
