import { assertNever } from '../../src/common/assertNever';
import type { MemoryPartKind } from '../../src/protocol/model';
import type { Words } from '../shared/words';

/** What takes memory, and what changes how much: for somebody who hears of it for the first time. */
export function memoryWords(kind: MemoryPartKind, { t }: Words): { readonly name: string; readonly text: string } {
  switch (kind) {
    case 'quantizedWeights':
      return {
        name: t('Quantised weights'),
        text: t('The base model’s linear layers in 4 or 8 bits. Only a smaller model takes less.'),
      };
    case 'quantConstants':
      return {
        name: t('Constants of quantisation'),
        text: t(
          'One scale for each small group of weights, to unpack them with. bnb_4bit_use_double_quant makes them smaller.',
        ),
      };
    case 'weights':
      return {
        name: t('Other weights'),
        text: t(
          'Embeddings, norms, the output head: whatever isn’t quantised. dtype and quantization_config change it.',
        ),
      };
    case 'adapter':
      return {
        name: t('Adapter'),
        text: t('LoRA’s A and B, and what is trained whole. Grows with r and with each layer that is ticked.'),
      };
    case 'gradients':
      return {
        name: t('Gradients'),
        text: t('For each trained weight, the direction in which it should change. As large as the adapter.'),
      };
    case 'optimizer':
      return {
        name: t('Optimizer'),
        text: t(
          'What Adam remembers of earlier steps: two numbers for each trained weight. The 8-bit ones keep them smaller.',
        ),
      };
    case 'activations':
      return {
        name: t('Activations'),
        text: t(
          'What the layers computed, kept for the way back. Grows with batch size and row length; gradient_checkpointing keeps little of it.',
        ),
      };
    case 'logits':
      return {
        name: t('Logits'),
        text: t(
          'A score for each token of the vocabulary at each position. Grows with batch size, row length and vocabulary.',
        ),
      };
    case 'workspace':
      return {
        name: t('Workspace'),
        text: t('Room for the largest computation under way, such as one layer’s weights unpacked.'),
      };
    case 'reserve':
      return {
        name: t('Reserve of the allocator'),
        text: t('What PyTorch holds beyond what it uses, so as not to ask for memory at each step.'),
      };
    case 'context':
      return {
        name: t('CUDA itself'),
        text: t('Driver and kernels, before anything is loaded. Nothing changes it.'),
      };
    default:
      return assertNever(kind);
  }
}
