import { type Message, message } from '../../common/message';
import type { MemoryPartKind } from '../../protocol/model';

export const PART_NAMES: Readonly<Record<MemoryPartKind, Message>> = {
  quantizedWeights: message('Quantised weights'),
  quantConstants: message('Constants of quantisation'),
  weights: message('Other weights'),
  adapter: message('Adapter'),
  gradients: message('Gradients'),
  optimizer: message('Optimizer'),
  activations: message('Activations'),
  logits: message('Logits'),
  workspace: message('Workspace'),
  reserve: message('Reserve of the allocator'),
  context: message('CUDA itself'),
};
