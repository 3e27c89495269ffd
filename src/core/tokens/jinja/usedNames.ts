import type { Body, Parameter } from './nodes';

const SPECIAL = ['caller', 'kwargs', 'varargs'] as const;
export type SpecialName = (typeof SPECIAL)[number];

/** Which of caller, kwargs and varargs a macro asks for (jinja2.compiler.find_undeclared): only those it takes. */
export function specialNames(body: Body, parameters: readonly Parameter[]): ReadonlySet<SpecialName> {
  const found = new Set<SpecialName>();
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('type' in node && node.type === 'name' && 'name' in node) {
      const special = SPECIAL.find((name) => name === node.name);
      if (special !== undefined) found.add(special);
    }
    for (const child of Object.values(node)) visit(child);
  };
  visit(body);
  for (const { name } of parameters) for (const special of SPECIAL) if (special === name) found.delete(special);
  return found;
}
