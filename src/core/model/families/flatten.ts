import type { ModelModule, ModelPart } from '../../../protocol/model';
import type { ModuleNode } from './module';

/** Llama 3.1 405B has 1,900 modules; each takes some 300 bytes. */
export const MOST_MODULES = 200_000;

interface Place {
  readonly name: string;
  readonly node: ModuleNode;
  readonly part: ModelPart;
  readonly block: number | null;
}

/**
 * The modules below `root` in the order of named_modules(), without the root; null if they are more than MOST_MODULES.
 * `ties`: _tied_weights_keys that are in force, full name of a parameter → of the one that it shares its memory with.
 */
export function flatten(root: ModuleNode, ties: Readonly<Record<string, string>>): readonly ModelModule[] | null {
  const modules: ModelModule[] = [];
  const open: Place[] = [];
  // Depth first, with a stack of its own: the last pushed is the first out.
  const push = ({ name, node, part, block }: Place): void => {
    const children = Object.entries(node.children);
    for (let index = children.length - 1; index >= 0; index--) {
      const [key, child] = children[index] ?? ['', null];
      if (child === null) continue;
      open.push({
        name: name === '' ? key : `${name}.${key}`,
        node: child,
        part: child.part ?? part,
        block: node.blocks ? index : block,
      });
    }
  };
  push({ name: '', node: root, part: root.part ?? 'text', block: null });
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    if (modules.length === MOST_MODULES) return null;
    modules.push(moduleOf(place, ties));
    push(place);
  }
  return modules;
}

function moduleOf({ name, node, part, block }: Place, ties: Readonly<Record<string, string>>): ModelModule {
  return {
    name,
    type: node.type,
    parameters: Object.entries(node.parameters).map(([own, shape]) => ({
      name: own,
      shape,
      tiedTo: ties[`${name}.${own}`] ?? null,
    })),
    buffers: Object.entries(node.buffers).map(([own, { shape, dtype }]) => ({ name: own, shape, dtype })),
    part,
    block,
  };
}
