import { message } from '../../../common/message';
import type { Finding } from '../../recipe/report';
import { loraGroups, usualNames } from './groups';
import { leafOf } from './matchNames';
import { finding, type LoraScope, writeFix } from './problemScope';
import { withTicks } from './ticks';

/** Neither target_modules nor target_parameters. */
export function noTargets(scope: LoraScope): Finding {
  const { structure, lora } = scope;
  const usual = usualNames(structure, lora);
  const linear = loraGroups(structure, lora).find(({ kind }) => kind === 'allLinear')?.members ?? [];
  const values = (names: readonly string[]) => withTicks(structure, lora, { names, ticked: true });
  const inGroups = linear.filter((name) => usual.includes(leafOf(name)));
  return {
    ...finding(
      'error',
      ['target_modules'],
      message('lora.target_modules is missing: LoRA must know which layers it works on.'),
      message('Attention and MLP of this model: {0}.', usual.join(', ')),
      [
        ...(usual.length === 0 ? [] : writeFix(scope, namesFirst(usual, values(inGroups)))),
        ...writeFix(scope, values(linear), message('Take all linear layers')),
      ],
    ),
    kind: 'missingKey',
  };
}

/** As names even where all-linear would say the same: the other fix says that. */
function namesFirst(
  usual: readonly string[],
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return values['target_modules'] === 'all-linear' ? { ...values, target_modules: usual } : values;
}

/** The names by themselves are right: exclude_modules or layers_to_transform leave nothing over. */
export function nothingMatched(scope: LoraScope): Finding | null {
  const { lora, structure } = scope;
  const usual = usualNames(structure, lora);
  const { target_modules: targets, layers_to_transform: layers, exclude_modules: excludes } = lora;
  if (targets === null)
    return finding(
      'error',
      ['target_parameters'],
      message('No parameter of this model is named {0}.', (lora.target_parameters ?? []).join(', ')),
      message('Attention and MLP of this model: {0}.', usual.join(', ')),
      writeFix(scope, { target_modules: usual }),
    );
  if (layers === null && excludes === null && Array.isArray(targets)) return null; // each name is told by itself
  const key = layers !== null ? 'layers_to_transform' : excludes !== null ? 'exclude_modules' : 'target_modules';
  const suggestion =
    typeof targets === 'string' && /^[\w.]+$/.test(targets)
      ? writeFix(scope, { target_modules: [targets] })
      : writeFix(scope, { target_modules: usual });
  return finding(
    'error',
    [key],
    key === 'target_modules'
      ? message(
          'target_modules matches no layer: a text is a pattern over whole names, such as {0}.',
          structure.modules.at(-1)?.name ?? '',
        )
      : message('With {0}, no layer is left that target_modules matches.', key),
    message('Attention and MLP of this model: {0}.', usual.join(', ')),
    key === 'target_modules'
      ? suggestion
      : writeFix(scope, { [key]: null, ...(key === 'layers_to_transform' ? { layers_pattern: null } : {}) }),
  );
}
