const LLAMA = ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_proj', 'up_proj', 'down_proj'];
/** Of mixtures of experts whose experts are fused parameters: those are named in target_parameters, without dropout. */
const ATTENTION = ['q_proj', 'k_proj', 'v_proj', 'o_proj'];
const FUSED_MLP = ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'gate_up_proj', 'down_proj'];
const NEOX = ['query_key_value', 'dense', 'dense_h_to_4h', 'dense_4h_to_h'];

/**
 * The linear layers of each block, attention and MLP, by the model_type of config.json. Read from the nn.Linear of
 * transformers 5.18.0, models/<model_type>/modeling_<model_type>.py. PEFT's own table
 * (utils/constants.py) has only attention for most of them and nothing for phi3, granite, glm or smollm3.
 */
const TARGET_MODULES: Readonly<Record<string, readonly string[]>> = {
  llama: LLAMA,
  mistral: LLAMA,
  ministral: LLAMA,
  ministral3: LLAMA,
  qwen2: LLAMA,
  qwen3: LLAMA,
  gemma: LLAMA,
  gemma2: LLAMA,
  gemma3: LLAMA,
  gemma3_text: LLAMA,
  granite: LLAMA,
  olmo: LLAMA,
  olmo2: LLAMA,
  olmo3: LLAMA,
  seed_oss: LLAMA,
  ernie4_5: LLAMA,
  hunyuan_v1_dense: LLAMA,
  smollm3: LLAMA,
  stablelm: LLAMA,
  cohere: LLAMA,
  cohere2: LLAMA,
  mixtral: ATTENTION,
  olmoe: ATTENTION,
  granitemoe: ATTENTION,
  phimoe: ATTENTION,
  gpt_oss: ATTENTION,
  qwen3_moe: ATTENTION,
  // with the expert that every token goes through
  qwen2_moe: LLAMA,
  llama4: LLAMA,
  llama4_text: LLAMA,
  // q_proj or q_a_proj and q_b_proj: that depends on the size
  deepseek_v2: ['kv_a_proj_with_mqa', 'kv_b_proj', 'o_proj'],
  deepseek_v3: ['kv_a_proj_with_mqa', 'kv_b_proj', 'o_proj'],
  // of the text model: in a vision tower some have the same names, which exclude_modules leaves out
  qwen2_vl: LLAMA,
  qwen2_5_vl: LLAMA,
  qwen3_vl: LLAMA,
  llava: LLAMA,
  mistral3: LLAMA,
  idefics3: LLAMA,
  smolvlm: LLAMA,
  phi3: ['o_proj', 'qkv_proj', 'gate_up_proj', 'down_proj'],
  phi: ['q_proj', 'k_proj', 'v_proj', 'dense', 'fc1', 'fc2'],
  glm: FUSED_MLP,
  glm4: FUSED_MLP,
  gpt_neox: NEOX,
  falcon: NEOX,
  starcoder2: ['q_proj', 'k_proj', 'v_proj', 'o_proj', 'c_fc', 'c_proj'],
  opt: ['q_proj', 'k_proj', 'v_proj', 'out_proj', 'fc1', 'fc2'],
  gpt2: ['c_attn', 'c_proj', 'c_fc'],
  gpt_bigcode: ['c_attn', 'c_proj', 'c_fc'],
};

/** The names to write in lora.target_modules for a kind of model; null for one that isn't known. */
export function targetModulesOf(modelType: string): readonly string[] | null {
  return Object.hasOwn(TARGET_MODULES, modelType) ? (TARGET_MODULES[modelType] ?? null) : null;
}
