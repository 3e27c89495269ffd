import type { ConfigReader } from '../configReader';
import { activation } from './activations';
import { wholeHeads } from './decoderSizes';
import { axialRotary, conv, type VisionTower } from './imageTower';
import { blocks, container, linear, norm } from './module';

/** models/pixtral/modeling_pixtral.py, PixtralVisionModel. */
export function pixtralTower(config: ConfigReader): VisionTower {
  const hiddenSize = config.size('hidden_size', 1024);
  const intermediateSize = config.size('intermediate_size', 4096);
  const patchSize = config.size('patch_size', 16);
  const projection = linear(hiddenSize, hiddenSize, false);
  const layer = container('PixtralAttentionLayer', {
    attention_norm: norm('PixtralRMSNorm', hiddenSize),
    feed_forward: container('PixtralMLP', {
      gate_proj: linear(hiddenSize, intermediateSize, false),
      up_proj: linear(hiddenSize, intermediateSize, false),
      down_proj: linear(intermediateSize, hiddenSize, false),
      act_fn: activation(config, 'hidden_act', 'gelu'),
    }),
    attention: container('PixtralAttention', {
      k_proj: projection,
      v_proj: projection,
      q_proj: projection,
      o_proj: projection,
    }),
    ffn_norm: norm('PixtralRMSNorm', hiddenSize),
  });
  const headDim = wholeHeads(config, hiddenSize, config.size('num_attention_heads', 16));
  const node = container(
    'PixtralVisionModel',
    {
      patch_conv: conv([hiddenSize, config.size('num_channels', 3), patchSize, patchSize], false),
      ln_pre: norm('PixtralRMSNorm', hiddenSize),
      transformer: container('PixtralTransformer', {
        layers: blocks(config.count('num_hidden_layers', 24), () => layer),
      }),
      patch_positional_embedding: axialRotary('PixtralVisionRotaryEmbedding', Math.ceil(headDim / 2)),
    },
    { part: 'vision' },
  );
  return { node, hiddenSize };
}
