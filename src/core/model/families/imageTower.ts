import { message } from '../../../common/message';
import type { ConfigReader } from '../configReader';
import { activation } from './activations';
import { wholeHeads } from './decoderSizes';
import { container, leaf, linear, type ModuleNode } from './module';

/** What looks at images, and how wide what it gives is. */
export interface VisionTower {
  readonly node: ModuleNode;
  readonly hiddenSize: number;
}

/** Defaults of a config class. */
export interface ImageDefaults {
  readonly hiddenSize: number;
  readonly intermediateSize: number;
  readonly layers: number;
  readonly heads: number;
  readonly imageSize: number;
  readonly patchSize: number;
  readonly activation: string;
}

export interface ImageSizes extends ImageDefaults {
  readonly channels: number;
  readonly patches: number;
}

/** A rotary embedding of two axes with `frequencies` of its own: they are float32 in whatever dtype the model is. */
export function axialRotary(type: string, frequencies: number): ModuleNode {
  const buffer = { shape: [frequencies], dtype: 'float32' } as const;
  return leaf(type, { buffers: { inv_freq: buffer, original_inv_freq: buffer } });
}

/** nn.Conv2d or nn.Conv3d: weight [out, in, …kernel]. */
export function conv(weight: readonly [number, number, ...number[]], bias: boolean): ModuleNode {
  const type = `Conv${weight.length - 2}d`;
  return leaf(type, { parameters: bias ? { weight, bias: [weight[0]] } : { weight } });
}

/** Values under the names that CLIP, SigLIP and what is made of them have. */
export function imageSizes(config: ConfigReader, defaults: ImageDefaults): ImageSizes {
  const imageSize = config.size('image_size', defaults.imageSize);
  const patchSize = config.size('patch_size', defaults.patchSize);
  const hiddenSize = config.size('hidden_size', defaults.hiddenSize);
  const side = Math.floor(imageSize / patchSize);
  if (side === 0) {
    config.wrong('patch_size', (...at) =>
      message('{0}, line {1}: "{2}" is {3}, more than image_size ({4}).', ...at, imageSize),
    );
  }
  const heads = config.size('num_attention_heads', defaults.heads);
  wholeHeads(config, hiddenSize, heads);
  return {
    imageSize,
    patchSize,
    hiddenSize,
    heads,
    intermediateSize: config.size('intermediate_size', defaults.intermediateSize),
    layers: config.count('num_hidden_layers', defaults.layers),
    channels: config.size('num_channels', 3),
    activation: config.text('hidden_act', defaults.activation),
    patches: Math.max(1, side * side),
  };
}

/** k_proj, v_proj, q_proj, out_proj. */
export function imageAttention(type: string, width: number): ModuleNode {
  const projection = linear(width, width, true);
  return container(type, { k_proj: projection, v_proj: projection, q_proj: projection, out_proj: projection });
}

/** activation_fn, fc1, fc2. */
export function imageMlp(type: string, config: ConfigReader, sizes: ImageSizes): ModuleNode {
  const { hiddenSize, intermediateSize } = sizes;
  return container(type, {
    activation_fn: activation(config, 'hidden_act', sizes.activation),
    fc1: linear(hiddenSize, intermediateSize, true),
    fc2: linear(intermediateSize, hiddenSize, true),
  });
}

/** The numbers of the patches, which are not saved. */
export function positions(count: number): ModuleNode['buffers'] {
  return { position_ids: { shape: [1, count], dtype: 'int64' } };
}
