import { message } from '../../../common/message';
import type { ModelModule } from '../../../protocol/model';
import type { Finding } from '../../recipe/report';
import { formerExperts } from './formerExperts';
import { usualNames } from './groups';
import { layerKind } from './layerKind';
import { endsWithName, leafOf, parentOf } from './matchNames';
import { moeNamesOf } from './moeNames';
import { finding, itemFix, type LoraScope, meant, writeFix } from './problemScope';
import { tickables } from './reach';

/** Names of target_modules, one by one: what matches nothing, and what PEFT can't wrap. */
export function* nameProblems(scope: LoraScope): Generator<Finding> {
  const { lora, structure } = scope;
  if (!Array.isArray(lora.target_modules)) return;
  const renamed = Object.keys(moeNamesOf(structure.modelType)?.renamed ?? {});
  const matching = new Map(lora.target_modules.map((name) => [name, matchedBy(scope, name)]));
  const isAlone = [...matching.values()].every((modules) => modules.length === 0);
  for (const [index, name] of lora.target_modules.entries()) {
    if (renamed.includes(leafOf(name))) continue; // PEFT knows it for a former expert's
    const modules = matching.get(name) ?? [];
    if (modules.length === 0) yield unknownName(scope, name, index, isAlone);
    const odd = modules.find((module) => layerKind(module) === null);
    if (odd !== undefined) yield notLinear(scope, name, index, odd);
  }
}

function matchedBy({ structure }: LoraScope, name: string): readonly ModelModule[] {
  return structure.modules.filter((module) => endsWithName(module.name, name));
}

function unknownName(scope: LoraScope, name: string, index: number, isAlone: boolean): Finding {
  const { lora, structure } = scope;
  const severity = isAlone ? 'error' : 'warning';
  const at = ['target_modules', index];
  const experts = formerExperts(structure, name);
  if (experts.length > 0) {
    const kept = (lora.target_modules as readonly string[]).filter(
      (other) => formerExperts(structure, other).length === 0,
    );
    const values = {
      target_parameters: [...new Set([...(lora.target_parameters ?? []), ...experts])],
      target_modules: kept.length === 0 ? null : kept,
      ...(lora.lora_dropout > 0 ? { lora_dropout: 0 } : {}),
      ...(lora.use_dora ? { use_dora: false } : {}),
    };
    return finding(
      severity,
      at,
      message('This model has no layer named {0}: its experts are fused into parameters.', name),
      message('Name them in target_parameters: {0}. That goes without dropout.', experts.join(', ')),
      writeFix(scope, values, message('Move experts to target_parameters')),
    );
  }
  const layers = tickables(structure, lora)
    .filter(({ kind }) => kind === 'module')
    .map((layer) => leafOf(layer.name));
  const near = meantLayer(scope, name, layers);
  const usual = usualNames(structure, lora);
  return finding(
    severity,
    at,
    message('This model has no layer named {0}.', name),
    near === null
      ? message('Its linear layers are named {0}.', [...new Set(layers)].join(', '))
      : message('Did you mean {0}?', near),
    [
      ...(near === null ? [] : itemFix(scope, 'target_modules', name, [near])),
      ...(isAlone && near === null ? writeFix(scope, { target_modules: usual }) : []),
      ...(isAlone ? [] : itemFix(scope, 'target_modules', name, [])),
    ],
  );
}

/** With what stands before the last part, where that is right. */
function meantLayer(scope: LoraScope, name: string, layers: readonly string[]): string | null {
  const near = meant(leafOf(name), layers);
  if (near === null || !name.includes('.')) return near;
  const long = `${parentOf(name)}.${near}`;
  return matchedBy(scope, long).length > 0 ? long : near;
}

/** A norm, an activation, a container: PEFT raises for the first that it meets. */
function notLinear(scope: LoraScope, name: string, index: number, { name: full, type }: ModelModule): Finding {
  const { structure, lora } = scope;
  const within = tickables(structure, lora).filter(
    ({ kind, name: layer }) => kind === 'module' && layer.startsWith(`${full}.`),
  );
  const names = [...new Set(within.map((layer) => leafOf(layer.name)))];
  return finding(
    'error',
    ['target_modules', index],
    message('{0} is {1}, no linear layer: it can’t have an adapter.', full, type),
    names.length === 0
      ? message('Take {0} out of target_modules; what is to be trained whole stands in modules_to_save.', name)
      : message('Name the linear layers in it: {0}.', names.join(', ')),
    [
      ...(names.length === 0 ? [] : itemFix(scope, 'target_modules', name, names)),
      ...itemFix(scope, 'target_modules', name, []),
    ],
  );
}
