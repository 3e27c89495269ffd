import { message } from '../../../common/message';
import type { LoraPlan } from '../../../protocol/model';
import type { Finding } from '../../recipe/report';
import { isRouter } from './layerKind';
import { leafOf } from './matchNames';
import { finding, type LoraScope, writeFix } from './problemScope';
import { withTicks } from './ticks';

/** What an adapter is on, and hardly meant to be. */
export function* targetProblems(scope: LoraScope, plan: LoraPlan): Generator<Finding> {
  yield* routers(scope, plan);
  yield* head(scope, plan);
  yield* vision(scope, plan);
  yield* ranks(scope, plan);
}

function* head(scope: LoraScope, plan: LoraPlan): Generator<Finding> {
  const { structure } = scope;
  const { outputEmbeddings, inputEmbeddings } = structure;
  const embeddings = plan.targets.filter(({ name }) => name === outputEmbeddings || name === inputEmbeddings);
  if (embeddings.length === 0) return;
  const names = embeddings.map(({ name }) => name);
  yield finding(
    'warning',
    ['target_modules'],
    structure.tied
      ? message(
          'An adapter on {0}, which is one matrix with the embeddings here: merged, it would be two.',
          names.join(', '),
        )
      : message(
          'An adapter on {0} is seldom worth it: its base weights go into the adapter’s file, and the loss needs all logits at once.',
          names.join(', '),
        ),
    message('Take it out; for new tokens put the embeddings in modules_to_save.'),
    writeFix(
      scope,
      withTicks(structure, scope.lora, { names, ticked: false }),
      message('Leave out {0}', names.join(', ')),
    ),
  );
}

function* routers(scope: LoraScope, plan: LoraPlan): Generator<Finding> {
  const types = new Map(scope.structure.modules.filter(isRouter).map(({ name, type }) => [name, type]));
  const names = plan.targets.map(({ name }) => name).filter((name) => types.has(name));
  const [first] = names;
  if (first === undefined) return;
  yield finding(
    'error',
    ['target_modules'],
    message('{0} is {1}, which chooses experts: an adapter on it can’t be computed.', first, types.get(first) ?? ''),
    message('Leave them out with exclude_modules.'),
    writeFix(scope, withTicks(scope.structure, scope.lora, { names, ticked: false }), message('Leave out the routers')),
  );
}

function* vision(scope: LoraScope, plan: LoraPlan): Generator<Finding> {
  const { structure, lora } = scope;
  const outside = new Set(structure.modules.filter(({ part }) => part !== 'text').map(({ name }) => name));
  const names = plan.targets.map(({ name }) => name).filter((name) => outside.has(name));
  const [first] = names;
  if (first === undefined) return;
  yield finding(
    'warning',
    ['target_modules'],
    message(
      '{0} of {1} adapters are outside of the text model, such as on {2}: training on text never reaches them.',
      names.length,
      plan.targets.length,
      first,
    ),
    message('Leave them out with exclude_modules.'),
    writeFix(scope, withTicks(structure, lora, { names, ticked: false }), message('Leave out all but the text model')),
  );
}

function* ranks(scope: LoraScope, { targets }: LoraPlan): Generator<Finding> {
  const small = targets.filter(({ r, inFeatures, outFeatures }) => r > Math.min(inFeatures, outFeatures));
  const [first] = small.toSorted((a, b) => least(a) - least(b));
  if (first === undefined) return;
  const isOwn = first.r !== scope.lora.r;
  yield finding(
    'warning',
    isOwn ? ['rank_pattern'] : ['r'],
    message(
      'r is {0}, but {1} is only {2} × {3}: the adapter is larger than the layer.',
      first.r,
      first.name,
      first.outFeatures,
      first.inFeatures,
    ),
    message(
      '{0} adapter(s) are affected. A rank of {1} says all that such a layer can learn.',
      small.length,
      least(first),
    ),
    isOwn
      ? []
      : [
          ...writeFix(scope, { r: least(first) }),
          ...writeFix(scope, { rank_pattern: { ...scope.lora.rank_pattern, [leafOf(first.name)]: least(first) } }),
        ],
  );
}

function least({ inFeatures, outFeatures }: { readonly inFeatures: number; readonly outFeatures: number }): number {
  return Math.min(inFeatures, outFeatures);
}
