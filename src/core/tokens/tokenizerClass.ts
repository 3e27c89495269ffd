/**
 * Which class AutoTokenizer.from_pretrained loads (transformers 5.18, models/auto/tokenization_auto.py). It matters, since
 * many classes of transformers 5 take only vocabulary and merges from tokenizer.json and build the rest themselves.
 */
import { message } from '../../common/message';
import { DISTRUSTED_MODEL_TYPES, MODEL_TYPES_OF_CLASS, OWN_CLASSES } from './tokenizerClassNames';
import { isJsonObject, type JsonObject } from './tokenizerJson';
import { TokenizerProblem } from './tokenizerProblem';

/** TokenizersBackend: tokenizer.json as it is. */
const BACKEND = 'TokenizersBackend';

/** MODEL_IDS_TO_TOKENIZERS_BACKEND, in lower case. */
const BACKEND_BY_NAME =
  /^(?:deepseek-ai\/deepseek-r1-distill-llama-.*|deepseek-ai\/deepseek-coder-.*|allenai\/dolma2-tokenizer|google\/umt5-small|naver-clova-ix\/donut-.*|salesforce\/blip2-opt-.*|salesforce\/blip2-flan-t5-.*|salesforce\/instructblip-flan-t5-.*|stepfun-ai\/step-3\.7-.*)$/s;

/** null: TokenizersBackend. */
export function tokenizerClass(config: JsonObject, modelConfig: JsonObject, name: string | null): string | null {
  const { auto_map: autoMap } = config;
  if (Array.isArray(autoMap) || (isJsonObject(autoMap) && autoMap['AutoTokenizer'] !== undefined)) {
    throw new TokenizerProblem(
      message('This tokenizer comes with Python code of its own ("auto_map"): only the trainer can show these tokens.'),
    );
  }
  // TokenizersBackend._patch_mistral_regex puts another pattern in place of the file's.
  if (config['fix_mistral_regex'] === true) {
    throw new TokenizerProblem(
      message('tokenizer_config.json asks for "fix_mistral_regex": only the trainer can show these tokens.'),
    );
  }
  if (name !== null && BACKEND_BY_NAME.test(name.toLowerCase())) {
    return null;
  }
  const found = classOf(config, modelConfig);
  return OWN_CLASSES.has(found) ? found : null;
}

function classOf(config: JsonObject, modelConfig: JsonObject): string {
  const modelType = textOf(modelConfig['model_type']);
  const registered = registeredClass(modelType);
  const configured = textOf(config['tokenizer_class']);
  const said = configured ?? textOf(modelConfig['tokenizer_class']);
  if (said === null) {
    return registered ?? BACKEND;
  }
  const named = said.replace(/Fast$/, '');
  if (registered === null || registered === named) {
    return named;
  }
  if (registered === BACKEND) {
    return BACKEND;
  }
  return DISTRUSTED_MODEL_TYPES.has(modelType ?? '') ? registered : named;
}

function registeredClass(modelType: string | null): string | null {
  if (modelType === null) {
    return null;
  }
  for (const [name, types] of Object.entries(MODEL_TYPES_OF_CLASS)) {
    if (types.split(' ').includes(modelType)) {
      return name;
    }
  }
  return null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}
