import type { ModelSizes } from '../../../protocol/model';
import type { ConfigReader } from '../configReader';
import { activation } from './activations';
import { attention, causalLM, gatedMlp, mustDivide } from './decoder';
import { decoderSizes, type SizeDefaults } from './decoderSizes';
import type { Family } from './family';
import { GEMMA2, gemmaLayer, scaledEmbedding } from './gemma';
import { layerTypes, slidingBut } from './layerTypes';
import { layeredRotary } from './layeredRotary';
import { norm, type ModuleNode } from './module';

const GEMMA3: SizeDefaults = { ...GEMMA2, vocabSize: 262208, maxLength: 131072 };

/** models/gemma3/modeling_gemma3.py: Gemma3ForCausalLM, the text models of Gemma 3. */
export const gemma3Text: Family = (config) => {
  const sizes = decoderSizes(config, GEMMA3);
  mustDivide(config, sizes);
  const layer = gemma3Layer(config, sizes);
  const types = layerTypes(config, sizes.layers, slidingBut(config.size('sliding_window_pattern', 6)));
  return causalLM('Gemma3', config, sizes, {
    layer: () => layer,
    norm: norm('Gemma3RMSNorm', sizes.hiddenSize),
    rotary: layeredRotary('Gemma3RotaryEmbedding', config, sizes.headDim, types),
    embedding: scaledEmbedding('Gemma3', sizes),
    tied: true,
    model: 'Gemma3TextModel',
    layerTypes: types,
  });
};

function gemma3Layer(config: ConfigReader, sizes: ModelSizes): ModuleNode {
  const { hiddenSize, intermediateSize, headDim } = sizes;
  const bias = config.flag('attention_bias', false);
  const headNorm = norm('Gemma3RMSNorm', headDim);
  return gemmaLayer(
    'Gemma3',
    hiddenSize,
    attention('Gemma3Attention', sizes, { qkv: bias, out: bias }, { q_norm: headNorm, k_norm: headNorm }),
    gatedMlp('Gemma3MLP', hiddenSize, intermediateSize, activation(config, 'hidden_activation', sizes.activation)),
  );
}
