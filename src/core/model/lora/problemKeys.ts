import { message } from '../../../common/message';
import type { LoraPlan } from '../../../protocol/model';
import type { Finding } from '../../recipe/report';
import { endsWithName, leafOf, suffixesOf } from './matchNames';
import { layerIndex, matchesPattern } from './matchTarget';
import { KeyPattern } from './patterns';
import { finding, itemFix, type LoraScope, meant, patternFix, writeFix } from './problemScope';

/** Keys beside target_modules that say nothing about this model. Throws Refused and Unjudged. */
export function* keyProblems(scope: LoraScope, plan: LoraPlan | null): Generator<Finding> {
  yield* layers(scope);
  yield* excludes(scope);
  yield* saved(scope);
  yield* parameters(scope);
  if (plan !== null) for (const key of ['rank_pattern', 'alpha_pattern'] as const) yield* patterns(scope, plan, key);
}

/** Numbers beyond the last block. */
function* layers(scope: LoraScope): Generator<Finding> {
  const { structure, lora } = scope;
  if (lora.layers_to_transform === null || typeof lora.target_modules === 'string') return;
  const there = new Set(structure.modules.map(({ name }) => layerIndex(lora.layers_pattern, name)));
  const written = [lora.layers_to_transform].flat();
  const beyond = written.filter((number) => !there.has(number));
  if (beyond.length === 0) return;
  const known = [...there].flatMap((number) => number ?? []);
  const left = written.filter((number) => there.has(number));
  yield finding(
    left.length === 0 ? 'error' : 'warning',
    ['layers_to_transform'],
    known.length === 0
      ? message('No blocks of this model are found by layers_pattern.')
      : message('This model has no block {0}.', beyond.join(', ')),
    known.length === 0
      ? message('Remove layers_pattern: any list of blocks counts then.')
      : message('Its blocks are numbered 0 to {0}.', Math.max(...known)),
    known.length === 0
      ? writeFix(scope, { layers_pattern: null })
      : writeFix(scope, { layers_to_transform: left.length === 0 ? null : left }),
  );
}

function* excludes(scope: LoraScope): Generator<Finding> {
  const { structure, lora } = scope;
  const { exclude_modules: excluded } = lora;
  if (typeof excluded === 'string') {
    const pattern = new KeyPattern('exclude_modules', excluded);
    if (excluded === '' || structure.modules.some(({ name }) => pattern.fullMatch(name))) return;
    yield finding(
      'warning',
      ['exclude_modules'],
      message('exclude_modules matches nothing in this model.'),
      message('A text is a pattern over whole names; names alone stand in a list.'),
      /^[\w.]+$/.test(excluded) && structure.modules.some(({ name }) => endsWithName(name, excluded))
        ? writeFix(scope, { exclude_modules: [excluded] })
        : writeFix(scope, { exclude_modules: null }),
    );
    return;
  }
  yield* unknown(scope, 'exclude_modules', excluded ?? [], (name, key) => endsWithName(name, key));
}

function* saved(scope: LoraScope): Generator<Finding> {
  yield* unknown(scope, 'modules_to_save', scope.lora.modules_to_save ?? [], (name, key) => name.endsWith(key));
}

function* unknown(
  scope: LoraScope,
  key: 'exclude_modules' | 'modules_to_save',
  names: readonly string[],
  matches: (name: string, key: string) => boolean,
): Generator<Finding> {
  const { modules } = scope.structure;
  for (const [index, written] of names.entries()) {
    if (modules.some(({ name }) => matches(name, written))) continue;
    const near = meant(
      leafOf(written),
      modules.map(({ name }) => leafOf(name)).filter((leaf) => !/^\d+$/.test(leaf)),
    );
    yield finding(
      'warning',
      [key, index],
      message('This model has nothing named {0}.', written),
      near === null ? message('Take it out of {0}.', key) : message('Did you mean {0}?', near),
      [...(near === null ? [] : itemFix(scope, key, written, [near])), ...itemFix(scope, key, written, [])],
    );
  }
}

function* parameters(scope: LoraScope): Generator<Finding> {
  const all = scope.structure.modules.flatMap((module) =>
    module.parameters.map(({ name, shape }) => ({ name: `${module.name}.${name}`, shape })),
  );
  for (const [index, written] of (scope.lora.target_parameters ?? []).entries()) {
    if (all.some(({ name }) => endsWithName(name, written))) continue;
    // experts.gate_up_proj for gate_up_proj.weight; q_proj.weight for q_proj
    const experts = all.filter(({ shape }) => shape.length === 3).map(({ name }) => suffixesOf(name)[1] ?? name);
    const plain = leafOf(written) === 'weight' ? written.slice(0, -'.weight'.length) : written;
    const near = experts.find((name) => leafOf(name) === leafOf(plain)) ?? meant(plain, experts);
    yield finding(
      scope.lora.target_modules === null ? 'error' : 'warning',
      ['target_parameters', index],
      message('This model has no parameter named {0}.', written),
      near === null
        ? message(
            'Linear layers are named in target_modules; target_parameters is for fused experts, which this model has not.',
          )
        : message('Did you mean {0}?', near),
      [
        ...(near === null ? [] : itemFix(scope, 'target_parameters', written, [near])),
        ...itemFix(scope, 'target_parameters', written, []),
      ],
    );
  }
}

function* patterns(scope: LoraScope, { targets }: LoraPlan, key: 'rank_pattern' | 'alpha_pattern'): Generator<Finding> {
  for (const pattern of Object.keys(scope.lora[key])) {
    if (targets.some(({ name }) => name === pattern || matchesPattern(key, pattern, name))) continue;
    const near = meant(
      leafOf(pattern),
      targets.map(({ name }) => leafOf(name)),
    );
    yield {
      ...finding(
        'warning',
        [key, pattern],
        message('{0} matches no layer that gets an adapter.', pattern),
        near === null ? message('Take it out of {0}.', key) : message('Did you mean {0}?', near),
        [...(near === null ? [] : patternFix(scope, key, pattern, near)), ...patternFix(scope, key, pattern, null)],
      ),
      range: scope.recipe.source.keyRange(['lora', key, pattern]),
    };
  }
}
