import type { ModelPart } from '../../protocol/model';
import { LAYER_GROUPS, type LayerGroup, LINEAR_GROUPS } from './layerGroups';
import type { LayerModule } from './layerModules';

/** Two ways to look at the same layers. */
export type LayersView = 'byKind' | 'byBlock';

export type LayerNodeKind =
  /** Of a vision-language model, what is no language model. */
  | { readonly kind: 'part' }
  | { readonly kind: 'allLinear' }
  | { readonly kind: 'group'; readonly group: LayerGroup }
  | { readonly kind: 'block'; readonly block: number }
  /** Layers of one name and shape, in several blocks. */
  | { readonly kind: 'alike'; readonly leaf: string }
  /** `as`: what tells it from the rows around it. */
  | { readonly kind: 'layer'; readonly module: LayerModule; readonly as: 'leaf' | 'path' | 'block' };

export type LayerNode = LayerNodeKind & {
  /** The same in every state of the recipe, so that what is open stays open. */
  readonly id: string;
  readonly part: ModelPart;
  /** All rows below it, or it alone. */
  readonly modules: readonly LayerModule[];
  readonly children: readonly LayerNode[];
};

const PARTS = ['vision', 'audio', 'projector'] as const;

/** The rows of a model as a tree. What is no part of the language model stands apart, below its own name. */
export function layerTree(modules: readonly LayerModule[], view: LayersView): readonly LayerNode[] {
  const build = view === 'byKind' ? byKind : byBlock;
  const of = (part: ModelPart): readonly LayerModule[] => modules.filter((module) => module.part === part);
  const apart = PARTS.flatMap((part): readonly LayerNode[] => {
    const own = of(part);
    return own.length === 0 ? [] : [node(part, part, { kind: 'part' }, own, build(own, part, `${part}/`))];
  });
  return [...build(of('text'), 'text', 'text/'), ...apart];
}

function byKind(modules: readonly LayerModule[], part: ModelPart, id: string): readonly LayerNode[] {
  const groups = groupsOf(modules, part, id);
  const linear = groups.filter((group) => group.kind === 'group' && LINEAR_GROUPS.includes(group.group));
  if (linear.length < 2) return groups;
  const below = linear.flatMap((group) => group.modules);
  const rest = groups.filter((group) => !linear.includes(group));
  return [node(`${id}allLinear`, part, { kind: 'allLinear' }, below, linear), ...rest];
}

/** Blocks stand where the first of them does in the model. */
function byBlock(modules: readonly LayerModule[], part: ModelPart, id: string): readonly LayerNode[] {
  const first = modules.findIndex(({ block }) => block !== null);
  const outside = (own: readonly LayerModule[]): readonly LayerNode[] =>
    own.filter(({ block }) => block === null).map((module) => layer(module, `${id}out/`, 'leaf'));
  const blocks = [
    ...groupBy(
      modules.filter(({ block }) => block !== null),
      ({ block }) => block ?? 0,
    ),
  ];
  return [
    ...outside(modules.slice(0, Math.max(0, first))),
    ...blocks.map(([block, own]) =>
      node(`${id}block/${block}`, part, { kind: 'block', block }, own, inBlock(own, part, `${id}block/${block}/`)),
    ),
    ...outside(modules.slice(Math.max(0, first))),
  ];
}

/** Attention and MLP with their layers, then the norms and what else a block holds. */
function inBlock(modules: readonly LayerModule[], part: ModelPart, id: string): readonly LayerNode[] {
  return [...groupBy(modules, ({ group }) => group)]
    .sort(([a], [b]) => LAYER_GROUPS.indexOf(a) - LAYER_GROUPS.indexOf(b))
    .flatMap(([group, own]): readonly LayerNode[] => {
      const layers = own.map((module) => layer(module, id, 'path'));
      return LINEAR_GROUPS.includes(group)
        ? [node(`${id}${group}`, part, { kind: 'group', group }, own, layers)]
        : layers;
    });
}

function groupsOf(modules: readonly LayerModule[], part: ModelPart, id: string): readonly LayerNode[] {
  return [...groupBy(modules, ({ group }) => group)]
    .sort(([a], [b]) => LAYER_GROUPS.indexOf(a) - LAYER_GROUPS.indexOf(b))
    .map(([group, own]) =>
      node(`${id}${group}`, part, { kind: 'group', group }, own, alike(own, part, `${id}${group}/`)),
    );
}

/** Layers of one name and shape together; one that has no like stands by itself. A single layer is told by its group. */
function alike(modules: readonly LayerModule[], part: ModelPart, id: string): readonly LayerNode[] {
  if (modules.length === 1) return [];
  return [...groupBy(modules, ({ leaf, shape, type }) => `${leaf} ${shape?.join('×') ?? ''} ${type}`)].flatMap(
    ([key, own]): readonly LayerNode[] => {
      const [only] = own;
      if (only === undefined) return [];
      if (own.length === 1) return [layer(only, id, 'leaf')];
      const members = own.map((module) => layer(module, `${id}${key}/`, module.block === null ? 'path' : 'block'));
      return [node(`${id}${key}`, part, { kind: 'alike', leaf: only.leaf }, own, members)];
    },
  );
}

function layer(module: LayerModule, id: string, as: 'leaf' | 'path' | 'block'): LayerNode {
  return node(`${id}${module.name}`, module.part, { kind: 'layer', module, as }, [module], []);
}

function node(
  id: string,
  part: ModelPart,
  kind: LayerNodeKind,
  modules: readonly LayerModule[],
  children: readonly LayerNode[],
): LayerNode {
  return { ...kind, id, part, modules, children };
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
