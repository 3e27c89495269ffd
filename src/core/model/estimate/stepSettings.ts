import type { EstimateMachine, LoraPlan, ModelStructure } from '../../../protocol/model';
import type { FullRecipe } from '../../recipe/schema/recipe';
import type { StepSettings } from './step';

/** Whose configs have resid_pdrop, embd_pdrop or dropout: 0.1 where nothing else is said. */
const DROPPING: ReadonlySet<string> = new Set(['gpt2', 'gpt_bigcode', 'opt']);

/** The keys of a recipe that decide how a step is computed. */
export function stepSettings(
  structure: ModelStructure,
  { model, lora, train }: FullRecipe,
  plan: LoraPlan,
  { device }: EstimateMachine,
  lengths: readonly number[] | null,
): StepSettings {
  const { memory, training } = train;
  const { outputEmbeddings: head } = structure;
  const isHeadTrained =
    head !== null && (plan.targets.some(({ name }) => name === head) || plan.saved.some((name) => name === head));
  // TRL's own default; trainer/steps/train.py takes nll where the head is trained.
  const usual = memory.use_liger_kernel || isHeadTrained ? 'nll' : 'chunked_nll';
  return {
    checkpointing: memory.gradient_checkpointing,
    loraDropout: lora.lora_dropout,
    hiddenDropout: DROPPING.has(structure.modelType) ? 0.1 : 0,
    dora: lora.use_dora,
    attention: model.attn_implementation ?? 'sdpa',
    masked: hasMask(train, lengths),
    liger: memory.use_liger_kernel,
    lossType: training.loss_type ?? usual,
    accumulation: memory.gradient_accumulation_steps,
    isCuda: device === 'cuda',
  };
}

/** transformers leaves the mask out where no token of a batch is padding (masking_utils.py, _ignore_causal_mask_sdpa). */
function hasMask({ data, memory }: FullRecipe['train'], lengths: readonly number[] | null): boolean {
  if (data.packing || memory.per_device_train_batch_size === 1) return false;
  const limit = data.max_length ?? Number.POSITIVE_INFINITY;
  return lengths === null || new Set(lengths.map((length) => Math.min(length, limit))).size > 1;
}
