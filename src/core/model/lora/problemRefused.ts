import { assertNever } from '../../../common/assertNever';
import { message } from '../../../common/message';
import type { Finding } from '../../recipe/report';
import { loraGroups } from './groups';
import { leafOf } from './matchNames';
import { noTargets, nothingMatched } from './problemMissing';
import { finding, itemFix, type LoraScope, writeFix } from './problemScope';
import type { LoraRefusal, LoraUnjudged } from './refusal';

/** Why PEFT would raise instead of training; null where another check says it already. */
export function refusedProblem(scope: LoraScope, refusal: LoraRefusal): Finding | null {
  const { lora } = scope;
  switch (refusal.kind) {
    // said by the checks that need no model (recipe/checks/loraChecks.ts)
    case 'layersWithPattern':
    case 'layersPatternAlone':
      return null;
    // said name by name (problemNames.ts)
    case 'notSupported':
      return typeof lora.target_modules === 'string' ? patternHits(refusal.module, refusal.type) : null;
    case 'noTargets':
      return noTargets(scope);
    case 'nothingMatched':
      return nothingMatched(scope);
    case 'badPattern':
      return finding(
        'error',
        [refusal.key],
        message('{0} is no regular expression of Python’s: {1}.', refusal.pattern, refusal.reason),
        message('Correct it, or name the layers in a list.'),
      );
    case 'mamba':
      return finding(
        'error',
        ['target_modules'],
        message('{0} can’t have an adapter: the Mamba kernel reads its weight past it.', refusal.module),
        message('Take {0} out of target_modules, or put it in exclude_modules.', leafOf(refusal.module)),
        Array.isArray(lora.target_modules)
          ? itemFix(scope, 'target_modules', leafOf(refusal.module), [])
          : writeFix(scope, { exclude_modules: excluded(scope, leafOf(refusal.module)) }),
      );
    case 'fusedHalf':
      return finding(
        'error',
        ['target_modules'],
        message(
          '{0} is fused with {1} in this model’s experts: one alone can’t be adapted.',
          refusal.present.join(', '),
          refusal.missing.join(', '),
        ),
        message('Name {0} too, or take {1} out.', refusal.missing.join(', '), refusal.present.join(', ')),
        Array.isArray(lora.target_modules)
          ? writeFix(scope, { target_modules: [...lora.target_modules, ...refusal.missing] })
          : [],
      );
    case 'parameterSetting':
      return parameterSetting(scope, refusal);
    case 'parameterDimensions':
      return finding(
        'error',
        ['target_parameters'],
        message(
          '{0} has {1} dimension(s); an adapter needs 2, or 3 for experts.',
          refusal.parameter,
          refusal.dimensions,
        ),
        message('Take it out of target_parameters.'),
        parameterFix(scope, refusal.parameter),
      );
    case 'parameterOfTarget':
      return finding(
        'error',
        ['target_parameters'],
        message('{0} belongs to a layer that target_modules matches too.', refusal.parameter),
        message('Take it out of target_parameters: the layer’s adapter is on that weight.'),
        parameterFix(scope, refusal.parameter),
      );
    case 'savedQuantized':
      return savedQuantized(scope, refusal.module);
    default:
      return assertNever(refusal);
  }
}

export function unjudgedProblem(unjudged: LoraUnjudged): Finding {
  switch (unjudged.kind) {
    case 'slowPattern':
      return finding(
        'warning',
        [unjudged.key],
        message('{0} takes too long to try on names: what it matches can’t be judged here.', unjudged.pattern),
        message('Write it without repetitions in repetitions, such as (.*)*.'),
      );
    case 'layerKind':
      return finding(
        'information',
        ['target_modules'],
        message('{0} is {1}: what an adapter on it takes can’t be judged here.', unjudged.module, unjudged.type),
        message('The trainer tells when it has made the adapters.'),
      );
    case 'nestedSaved':
      return finding(
        'warning',
        ['modules_to_save'],
        message('{0} is trained whole and has adapters or other such modules in it.', unjudged.module),
        message('Name in modules_to_save what stands in nothing else that is trained.'),
      );
    default:
      return assertNever(unjudged);
  }
}

function patternHits(module: string, type: string): Finding {
  return finding(
    'error',
    ['target_modules'],
    message('{0} is {1}, no linear layer: it can’t have an adapter.', module, type),
    message('Let the pattern match whole names of linear layers alone.'),
  );
}

function parameterSetting(
  scope: LoraScope,
  { key, parameter, asked }: Extract<LoraRefusal, { kind: 'parameterSetting' }>,
): Finding {
  const value = key === 'lora_dropout' ? 0 : false;
  return finding(
    'error',
    [key],
    asked
      ? message('{0} does not go with target_parameters: {1} is a parameter, no layer.', key, parameter)
      : message(
          '{0} does not go with target_modules as they stand: for this model PEFT adds {1}, a parameter of its experts.',
          key,
          parameter,
        ),
    asked
      ? message('Set {0}: {1}.', key, String(value))
      : message('Set {0}: {1}, or name the attention’s layers alone.', key, String(value)),
    [...writeFix(scope, { [key]: value }), ...(asked ? [] : attentionFix(scope))],
  );
}

function attentionFix(scope: LoraScope) {
  const attention = loraGroups(scope.structure, scope.lora).find(({ kind }) => kind === 'attention')?.members ?? [];
  return attention.length === 0 ? [] : writeFix(scope, { target_modules: [...new Set(attention.map(leafOf))] });
}

function parameterFix(scope: LoraScope, parameter: string) {
  const names = scope.lora.target_parameters ?? [];
  const named = names.find((name) => parameter === name || parameter.endsWith(`.${name}`));
  return named === undefined ? [] : itemFix(scope, 'target_parameters', named, []);
}

function savedQuantized(scope: LoraScope, module: string): Finding {
  const { lora } = scope;
  const named = lora.modules_to_save?.find((name) => module.endsWith(name) || module.includes(`${name}.`));
  const kind = scope.fates.get(module)?.kind ?? '';
  return finding(
    'error',
    ['modules_to_save'],
    message('{0} becomes {1}: packed numbers can’t be trained whole.', module, kind),
    message('Give it an adapter (target_modules), or load the model without quantization_config.'),
    named === undefined ? [] : itemFix(scope, 'modules_to_save', named, []),
  );
}

function excluded({ lora }: LoraScope, name: string): readonly string[] {
  return [...(Array.isArray(lora.exclude_modules) ? lora.exclude_modules : []), name];
}
