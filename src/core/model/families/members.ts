import type { ModuleNode } from './module';

/** The module that a family's own code has put there. */
export function memberOf(node: ModuleNode, key: string): ModuleNode {
  const child = Array.isArray(node.children) ? undefined : Object.entries(node.children).find(([name]) => name === key);
  if (child?.[1] == null) throw new Error(`${node.type} has no ${key}`);
  return child[1];
}

/** With another module in the same place. */
export function withMember(node: ModuleNode, key: string, child: ModuleNode): ModuleNode {
  memberOf(node, key);
  return { ...node, children: { ...node.children, [key]: child } };
}
