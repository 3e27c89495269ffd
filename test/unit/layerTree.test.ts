import { expect, test } from 'vitest';
import { groupLayers } from '../../src/features/model/layerTree';
import type { ModuleInfo } from '../../src/protocol/trainer';

const module = (name: string, type: string, shape: number[] | null, target: boolean, parameters = 1): ModuleInfo => ({
  name,
  type,
  shape,
  dtype: 'uint8',
  parameters,
  trainable: false,
  target,
});

test('layers of one kind stand together, those that LoRA changes first, containers not at all', () => {
  const groups = groupLayers([
    module('model', 'Phi3Model', null, false, 0),
    module('model.embed_tokens', 'Embedding', [32064, 3072], false),
    module('model.layers.0.self_attn.qkv_proj', 'Linear4bit', [9216, 3072], true),
    module('model.layers.0.input_layernorm', 'Phi3RMSNorm', [3072], false),
    module('model.layers.1.self_attn.qkv_proj', 'Linear4bit', [9216, 3072], true),
    module('model.layers.1.input_layernorm', 'Phi3RMSNorm', [3072], false),
  ]);
  expect(
    groups.map((group) => (group.kind === 'group' ? [group.name, group.children.length, group.targets] : null)),
  ).toEqual([
    ['qkv_proj', 2, 2],
    ['embed_tokens', 1, 0],
    ['input_layernorm', 2, 0],
  ]);
});
