import type { Family } from './family';
import { cohere, cohere2 } from './cohere';
import { falcon } from './falcon';
import { gemma, gemma2 } from './gemma';
import { gemma3Text } from './gemma3';
import { glm, glm4 } from './glm';
import { gpt2 } from './gpt2';
import { gptBigcode } from './gptBigcode';
import { gptNeox } from './gptNeox';
import { granite, llama, ministral, ministral3, mistral, smollm3 } from './llama';
import { olmo, olmo2 } from './olmo';
import { opt } from './opt';
import { phi } from './phi';
import { phi3 } from './phi3';
import { qwen2, qwen3 } from './qwen';
import { stablelm } from './stablelm';
import { starcoder2 } from './starcoder2';

/** model_type of config.json → how transformers builds it. One line a kind of model, in alphabetical order. */
const FAMILIES: Readonly<Record<string, Family>> = {
  cohere,
  cohere2,
  falcon,
  gemma,
  gemma2,
  gemma3_text: gemma3Text,
  glm,
  glm4,
  gpt2,
  gpt_bigcode: gptBigcode,
  gpt_neox: gptNeox,
  granite,
  llama,
  ministral,
  ministral3,
  mistral,
  olmo,
  olmo2,
  opt,
  phi,
  phi3,
  qwen2,
  qwen3,
  smollm3,
  stablelm,
  starcoder2,
};

/** null for a model_type that isn't known. */
export function familyOf(modelType: string): Family | null {
  return Object.hasOwn(FAMILIES, modelType) ? (FAMILIES[modelType] ?? null) : null;
}
