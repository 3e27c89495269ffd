import type { ModuleInfo } from '../../protocol/trainer';

export type LayerNode =
  | {
      readonly kind: 'group';
      readonly name: string; // last part of the module path
      readonly type: string;
      readonly shape: readonly number[] | null;
      readonly targets: number;
      readonly children: readonly LayerNode[];
    }
  | { readonly kind: 'module'; readonly module: ModuleInfo };

/** Modules with parameters of their own, those of one name, type and shape together; targets of LoRA first. */
export function groupLayers(modules: readonly ModuleInfo[]): readonly LayerNode[] {
  const groups = new Map<string, ModuleInfo[]>();
  for (const module of modules) {
    if (module.parameters === 0) continue;
    const key = `${lastPart(module.name)} ${module.type} ${module.shape?.join() ?? ''}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [module]);
    else group.push(module);
  }
  return [...groups.values()]
    .map((members): Extract<LayerNode, { kind: 'group' }> | null => {
      const [first] = members;
      return first === undefined
        ? null
        : {
            kind: 'group',
            name: lastPart(first.name),
            type: first.type,
            shape: first.shape,
            targets: members.filter(({ target }) => target).length,
            children: members.map((module) => ({ kind: 'module', module })),
          };
    })
    .filter((group) => group !== null)
    .toSorted((a, b) => Number(b.targets > 0) - Number(a.targets > 0));
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}
