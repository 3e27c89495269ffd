import { isPlainObject } from '../../../protocol/shape';
import type { ModelConfig } from '../config';
import type { Family } from './family';
import { gemma3 } from './gemma3Vision';
import { idefics3, IDEFICS3_TEXT } from './idefics3';
import { llava, LLAVA_KINDS, mistral3, MISTRAL3_KINDS, TOWERS } from './llava';
import { qwen25Vl, qwen2Vl, qwen3Vl } from './qwenVl';
import type { TextFamilies } from './visionLanguage';

interface VisionFamily {
  readonly build: (texts: TextFamilies) => Family;
  /** Of the configs within: where any model_type may stand, the one that is meant without. */
  readonly kinds: { readonly text?: string; readonly vision?: string };
}

/**
 * model_type of config.json → a model that sees. AutoModelForCausalLM itself gives gemma3; the others it refuses, and the
 * trainer takes AutoModelForImageTextToText (trainer/src/tunebook_trainer/model_class.py).
 */
const FAMILIES: Readonly<Record<string, VisionFamily>> = {
  gemma3: { build: () => gemma3, kinds: {} },
  idefics3: { build: idefics3('Idefics3'), kinds: { text: IDEFICS3_TEXT } },
  llava: { build: llava, kinds: LLAVA_KINDS },
  mistral3: { build: mistral3, kinds: MISTRAL3_KINDS },
  qwen2_5_vl: { build: () => qwen25Vl, kinds: {} },
  qwen2_vl: { build: () => qwen2Vl, kinds: {} },
  qwen3_vl: { build: () => qwen3Vl, kinds: {} },
  smolvlm: { build: idefics3('SmolVLM'), kinds: { text: IDEFICS3_TEXT } },
};

/** null for a model_type that isn't known, and for one with a text model or tower that isn't. */
export function visionFamilyOf({ modelType, values }: ModelConfig, texts: TextFamilies): Family | null {
  const family = Object.hasOwn(FAMILIES, modelType) ? FAMILIES[modelType] : undefined;
  if (family === undefined) return null;
  const { text, vision } = family.kinds;
  if (text !== undefined && texts(kindWithin(values['text_config'], text)) === null) return null;
  if (vision !== undefined && !Object.hasOwn(TOWERS, kindWithin(values['vision_config'], vision))) return null;
  return family.build(texts);
}

function kindWithin(config: unknown, usual: string): string {
  const kind = isPlainObject(config) ? config['model_type'] : undefined;
  return typeof kind === 'string' ? kind : usual;
}
