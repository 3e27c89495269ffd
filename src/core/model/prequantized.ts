import type { PrequantizedWeights } from '../../protocol/model';
import { isPlainObject } from '../../protocol/shape';
import type { ModelConfig } from './config';

/** quant_method of the checkpoint's own quantization_config; null where its weights are plain numbers. */
export function quantMethodOf(config: ModelConfig): string | null {
  const section = quantizationOf(config);
  if (section === null) return null;
  // AutoQuantizationConfig.from_dict: load_in_4bit and load_in_8bit come before quant_method.
  if (section['load_in_4bit'] === true || section['load_in_8bit'] === true) return 'bitsandbytes';
  return typeof section['quant_method'] === 'string' ? section['quant_method'] : null;
}

/** BitsAndBytesConfig's values, with its defaults (utils/quantization_config.py). */
export function prequantizedOf(config: ModelConfig): PrequantizedWeights | null {
  const section = quantizationOf(config);
  if (section === null || !(quantMethodOf(config)?.startsWith('bitsandbytes') ?? false)) return null;
  const skipped = section['llm_int8_skip_modules'];
  const quantType = section['bnb_4bit_quant_type'];
  return {
    load_in_4bit: section['load_in_4bit'] === true,
    load_in_8bit: section['load_in_8bit'] === true,
    bnb_4bit_quant_type: typeof quantType === 'string' ? quantType : 'fp4',
    bnb_4bit_use_double_quant: section['bnb_4bit_use_double_quant'] === true,
    llm_int8_skip_modules: Array.isArray(skipped) ? skipped.filter((name) => typeof name === 'string') : null,
  };
}

/** Of a vision-language model it may stand in text_config (modeling_utils, get_hf_quantizer). */
function quantizationOf({ values }: ModelConfig): Readonly<Record<string, unknown>> | null {
  for (const holder of [values, values['text_config']]) {
    if (isPlainObject(holder) && isPlainObject(holder['quantization_config'])) return holder['quantization_config'];
  }
  return null;
}
