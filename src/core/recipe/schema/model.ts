import { z } from 'zod';
import { about, optional, text } from './fields';

const DTYPES = ['float32', 'bfloat16', 'float16'] as const;

/** transformers BitsAndBytesConfig (utils/quantization_config.py). */
export const quantizationSchema = z.strictObject({
  load_in_4bit: about(
    z.boolean().default(false),
    'Keeps the base model in 4 bits: about a quarter of the memory of 16-bit weights. The base is frozen, so only the adapter learns (QLoRA).',
  ),
  load_in_8bit: about(
    z.boolean().default(false),
    'Keeps the base model in 8 bits: half the memory of 16-bit weights. Either this or load_in_4bit, not both.',
  ),
  bnb_4bit_quant_type: about(
    z.enum(['nf4', 'fp4']).default('nf4'),
    'The 4-bit number format. nf4 fits weights that are normally distributed, as trained weights are, and is the usual choice.',
  ),
  bnb_4bit_use_double_quant: about(
    z.boolean().default(true),
    'Quantises the quantisation constants too. Saves about 0.4 bits a parameter at no visible cost.',
  ),
  bnb_4bit_compute_dtype: about(
    z.enum(['auto', ...DTYPES]).default('auto'),
    'The type that 4-bit weights are unpacked to for computing. auto: bfloat16 where the hardware has it, else float16 on a GPU and float32 on a CPU. float32 is exact but slow on a GPU.',
  ),
});

export const modelSchema = z.strictObject({
  model_name_or_path: about(
    text,
    'The base model: a folder (relative to this file) or a name on the Hugging Face Hub, such as microsoft/Phi-3-mini-4k-instruct.',
  ),
  revision: about(
    optional(text),
    'A branch, tag or commit of the model on the Hub. Fix a commit to get the same model next year.',
  ),
  dtype: about(
    z.enum(['auto', ...DTYPES]).default('auto'),
    'The type of the weights that are not quantised. auto: as the checkpoint says on a GPU, float32 on a CPU.',
  ),
  device_map: about(
    z.string().min(1).default('auto'),
    'Where the model goes: auto (the best single device), cuda, cuda:0, mps or cpu.',
  ),
  attn_implementation: about(
    optional(z.enum(['eager', 'sdpa', 'flash_attention_2', 'flash_attention_3'])),
    'How attention is computed. Empty: what the library thinks best, mostly sdpa. flash_attention_2 needs the package flash-attn and a recent NVIDIA GPU.',
  ),
  trust_remote_code: about(
    z.boolean().default(false),
    'Runs Python code that comes with the model. Only for authors that you trust.',
  ),
  quantization_config: about(
    optional(quantizationSchema),
    'How the weights are quantised when they are loaded (bitsandbytes). Empty: full precision.',
    'https://huggingface.co/docs/transformers/main_classes/quantization#transformers.BitsAndBytesConfig',
  ),
});
