import type { ModelPart } from '../../../protocol/model';
import { isList, type NamedModule } from './tree';

/** The last part of the names that embeddings have in published models: embed_tokens, wte, wpe, word_embeddings. */
const EMBEDDING = /embed|^w[tp]e$/i;
/** Of output layers, which are as tall as an embedding: lm_head, embed_out, output. */
const HEAD = /head|^embed_out$|^output$/i;

const NORM = /norm$/i;

/** What the class of a module may be, by its own name and the shapes of its parameters. Names of PyTorch where it is clear. */
export function kindOf(name: string, module: NamedModule, vocabSize: number | null): string {
  if (module.parameters.size === 0) return isList(module.children) ? 'ModuleList' : 'Module';
  const weight = module.parameters.get('weight');
  if (weight === undefined)
    return [...module.parameters.values()].some(({ length }) => length === 3) ? 'Experts' : 'Module';
  switch (weight.length) {
    case 1:
      return module.parameters.has('bias') ? 'LayerNorm' : 'RMSNorm';
    case 2:
      // Command R+ has norms with a weight for each head.
      if (NORM.test(lastPart(name))) return 'RMSNorm';
      return isEmbedding(name, weight, module, vocabSize) ? 'Embedding' : 'Linear';
    case 3:
      return 'Conv1d';
    case 4:
      return 'Conv2d';
    case 5:
      return 'Conv3d';
    default:
      return 'Module';
  }
}

function isEmbedding(name: string, [rows]: readonly number[], module: NamedModule, vocabSize: number | null): boolean {
  const own = lastPart(name);
  // nn.Embedding has no bias, and a head's name says so.
  if (module.parameters.has('bias') || isHead(name)) return false;
  return EMBEDDING.test(own) || (vocabSize !== null && rows === vocabSize);
}

export function isHead(name: string): boolean {
  return HEAD.test(lastPart(name));
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1);
}

/** Part of a vision-language model, by the names that published ones have. */
export function partOf(name: string): ModelPart {
  if (/(^|[._])(multi_modal_projector|projector|connector|merger|mm_projector|aligner)([._]|$)/i.test(name))
    return 'projector';
  if (/(^|[._])(vision|visual|vit|image_encoder|vision_tower|vision_model)([._]|$)/i.test(name)) return 'vision';
  return /(^|[._])(audio|speech|audio_tower)([._]|$)/i.test(name) ? 'audio' : 'text';
}
