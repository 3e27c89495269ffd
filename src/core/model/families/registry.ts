import type { Family } from './family';
import { cohere, cohere2 } from './cohere';
import { deepseekV2, deepseekV3 } from './deepseek';
import { falcon } from './falcon';
import { gemma, gemma2 } from './gemma';
import { gemma3Text } from './gemma3';
import { glm, glm4 } from './glm';
import { gpt2 } from './gpt2';
import { gptBigcode } from './gptBigcode';
import { gptNeox } from './gptNeox';
import { gptOss } from './gptOss';
import { graniteMoe } from './graniteMoe';
import { granite, llama, ministral, ministral3, mistral, smollm3 } from './llama';
import { llama4, llama4Text } from './llama4';
import { mixtral } from './mixtral';
import { ernie45, hunyuanV1Dense, seedOss } from './llamaRelatives';
import { olmo, olmo2, olmo3 } from './olmo';
import { olmoe } from './olmoe';
import { opt } from './opt';
import { phi } from './phi';
import { phi3 } from './phi3';
import { phimoe } from './phimoe';
import { qwen2, qwen3 } from './qwen';
import { qwen2Moe, qwen3Moe } from './qwenMoe';
import { stablelm } from './stablelm';
import { starcoder2 } from './starcoder2';

/** model_type of config.json → how transformers builds it. One line a kind of model, in alphabetical order. */
const FAMILIES: Readonly<Record<string, Family>> = {
  cohere,
  cohere2,
  deepseek_v2: deepseekV2,
  deepseek_v3: deepseekV3,
  ernie4_5: ernie45,
  falcon,
  gemma,
  gemma2,
  gemma3_text: gemma3Text,
  glm,
  glm4,
  gpt2,
  gpt_bigcode: gptBigcode,
  gpt_neox: gptNeox,
  gpt_oss: gptOss,
  granite,
  granitemoe: graniteMoe,
  hunyuan_v1_dense: hunyuanV1Dense,
  llama,
  llama4,
  llama4_text: llama4Text,
  ministral,
  ministral3,
  mistral,
  mixtral,
  olmo,
  olmo2,
  olmo3,
  olmoe,
  opt,
  phi,
  phi3,
  phimoe,
  qwen2,
  qwen2_moe: qwen2Moe,
  qwen3,
  qwen3_moe: qwen3Moe,
  seed_oss: seedOss,
  smollm3,
  stablelm,
  starcoder2,
};

/** null for a model_type that isn't known. */
export function familyOf(modelType: string): Family | null {
  return Object.hasOwn(FAMILIES, modelType) ? (FAMILIES[modelType] ?? null) : null;
}
