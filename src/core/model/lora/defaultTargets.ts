const QUERY_VALUE = ['q_proj', 'v_proj'];

/**
 * What PEFT takes where target_modules is empty and target_parameters isn't (peft 0.21.0, utils/constants.py,
 * TRANSFORMERS_MODELS_TO_LORA_TARGET_MODULES_MAPPING), of models that generate text. A string is a pattern.
 */
const DEFAULT_TARGETS: Readonly<Record<string, readonly string[] | string>> = {
  gpt2: ['c_attn'],
  bloom: ['query_key_value'],
  opt: QUERY_VALUE,
  gptj: QUERY_VALUE,
  gpt_neox: ['query_key_value'],
  gpt_neo: QUERY_VALUE,
  llama: QUERY_VALUE,
  llama4: QUERY_VALUE,
  chatglm: ['query_key_value'],
  gpt_bigcode: ['c_attn'],
  mpt: ['Wqkv'],
  RefinedWebModel: ['query_key_value'],
  RefinedWeb: ['query_key_value'],
  falcon: ['query_key_value'],
  btlm: ['c_proj', 'c_attn'],
  codegen: ['qkv_proj'],
  mistral: QUERY_VALUE,
  mixtral: QUERY_VALUE,
  stablelm: QUERY_VALUE,
  phi: ['q_proj', 'v_proj', 'fc1', 'fc2'],
  gemma: QUERY_VALUE,
  gemma2: QUERY_VALUE,
  gemma3_text: QUERY_VALUE,
  gemma4: String.raw`.*language_model\..*\.(q_proj|v_proj)`,
  qwen2: QUERY_VALUE,
  qwen3: QUERY_VALUE,
  nemotron_h: ['q_proj', 'k_proj', 'v_proj', 'o_proj'],
  rwkv: ['key', 'value', 'receptance', 'output'],
  rwkv7: ['r_proj', 'k_proj', 'v_proj', 'o_proj', 'key', 'value'],
};

export function defaultTargetsOf(modelType: string): readonly string[] | string | null {
  return Object.hasOwn(DEFAULT_TARGETS, modelType) ? (DEFAULT_TARGETS[modelType] ?? null) : null;
}

export const DEFAULT_TARGET_TYPES: readonly string[] = Object.keys(DEFAULT_TARGETS);
