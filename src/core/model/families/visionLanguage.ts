import type { ConfigReader } from '../configReader';
import type { Family, FamilyModel, TensorRules } from './family';
import { memberOf } from './members';
import { container, linear, type ModuleNode } from './module';

/** The text models by their model_type: towers and projectors stand around many of them. */
export type TextFamilies = (modelType: string) => Family | null;

interface Whole {
  /** "Llava": of LlavaForConditionalGeneration and LlavaModel. */
  readonly prefix: string;
  /** Of XModel, in order, the text model among them. */
  readonly children: Readonly<Record<string, ModuleNode>>;
  /** Which of them the text model is. */
  readonly language: string;
  readonly text: FamilyModel;
  readonly tied: boolean;
  readonly tensors: Pick<TensorRules, 'renamed'> & Partial<TensorRules>;
}

/** XForConditionalGeneration: XModel with tower, projector and text model, and lm_head. */
export function visionLanguage({ prefix, children, language, text, tied, tensors }: Whole): FamilyModel {
  const embeddings = `model.${language}${text.inputEmbeddings.slice(text.tensors.prefix.length)}`;
  return {
    root: container(`${prefix}ForConditionalGeneration`, {
      model: container(`${prefix}Model`, children),
      lm_head: linear(text.sizes.hiddenSize, text.sizes.vocabSize, false),
    }),
    sizes: text.sizes,
    inputEmbeddings: embeddings,
    outputEmbeddings: 'lm_head',
    ties: tied ? { 'lm_head.weight': `${embeddings}.weight` } : {},
    keepInFp32: text.keepInFp32,
    keepInFp32Strict: text.keepInFp32Strict,
    tensors: { prefix: 'model', ignored: [], converted: [], ...tensors },
  };
}

/** What AutoModel gives of a text model: its class without the head. */
export function baseModelOf({ root, tensors }: FamilyModel): ModuleNode {
  return memberOf(root, tensors.prefix);
}

/** conversion_mapping.py, "llava" and "LlavaModel": how checkpoints were named before transformers 4.52. */
export const NAMES_OF_LLAVA: TensorRules['renamed'] = [
  [/^language_model\.lm_head/, 'lm_head'],
  [/^language_model/, 'model.language_model'],
  [/^vision_tower/, 'model.vision_tower'],
  [/^multi_modal_projector/, 'model.multi_modal_projector'],
  [/^(model\.)?language_model\.model/, '$1language_model'],
];

/** conversion_mapping.py, "CLIPVisionModel" and "SiglipVisionModel", as a part of another model. */
export const NAMES_OF_TOWER: TensorRules['renamed'] = [[/^(model\.vision_tower)\.vision_model\./, '$1.']];

/** vision_feature_layer: of several layers, what they give is joined. */
export function featureLayers(config: ConfigReader): number {
  const value = config.raw('vision_feature_layer');
  return Array.isArray(value) ? Math.max(1, value.length) : 1;
}
