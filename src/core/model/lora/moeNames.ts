/**
 * Mixture-of-experts models whose linear experts transformers 5 fused into parameters: PEFT turns the old names of
 * target_modules into target_parameters. From peft 0.21.0, utils/transformers_weight_conversion.py
 * (_MOE_TARGET_MODULE_MAPPING, _MOE_FUSED_TARGETS) and transformers 5.18.0, conversion_mapping.py
 * (_MODEL_TO_CONVERSION_PATTERN, to which PEFT adds mixtral; qwen2_moe itself isn't in it, so PEFT leaves it alone).
 */
export interface MoeNames {
  /** Old name of a linear layer to the name of the parameter. */
  readonly renamed: Readonly<Record<string, string>>;
  /** Parameters that hold several of the old layers side by side: r and alpha count for each. */
  readonly fused: Readonly<Record<string, readonly string[]>>;
}

const MIXTRAL: MoeNames = {
  renamed: { gate: 'gate.weight', w1: 'gate_up_proj', w3: 'gate_up_proj', w2: 'down_proj' },
  fused: { gate_up_proj: ['w1', 'w3'] },
};
const QWEN2_MOE: MoeNames = {
  renamed: { gate: 'gate.weight', gate_proj: 'gate_up_proj', up_proj: 'gate_up_proj', down_proj: 'down_proj' },
  fused: { gate_up_proj: ['gate_proj', 'up_proj'] },
};

const LIKE_MIXTRAL = ['minimax', 'minimax_m2', 'mixtral'];
const LIKE_QWEN2_MOE = [
  'afmoe',
  'cohere2_moe',
  'deepseek_v2',
  'deepseek_v3',
  'deepseek_v32',
  'dots1',
  'ernie4_5_moe',
  'exaone_moe',
  'flex_olmo',
  'glm4_moe',
  'glm4_moe_lite',
  'glm4v_moe',
  'glm_moe_dsa',
  'hunyuan_v1_moe',
  'longcat_flash',
  'mellum',
  'olmoe',
  'qwen3_moe',
  'qwen3_next',
  'qwen3_omni_moe',
  'qwen3_omni_moe_thinker',
  'solar_open',
];

/** Null for a model whose names PEFT takes as they are. */
export function moeNamesOf(modelType: string): MoeNames | null {
  if (LIKE_MIXTRAL.includes(modelType)) return MIXTRAL;
  return LIKE_QWEN2_MOE.includes(modelType) ? QWEN2_MOE : null;
}

export const MOE_MODEL_TYPES: readonly string[] = [...LIKE_MIXTRAL, ...LIKE_QWEN2_MOE];
