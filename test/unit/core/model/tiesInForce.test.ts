import { describe, expect, it } from 'vitest';

import { parseModelConfig } from '../../../../src/core/model/config';
import { buildStructure } from '../../../../src/core/model/structure';
import type { ModelStructure } from '../../../../src/protocol/model';

const TEXT = { model_type: 'mistral', vocab_size: 96, hidden_size: 64, num_hidden_layers: 1, num_attention_heads: 4 };
const MISTRAL3 = { model_type: 'mistral3', text_config: TEXT, vision_config: { num_hidden_layers: 1 } };
const HEAD = 'language_model.lm_head.weight';
const EMBEDDINGS = 'language_model.model.embed_tokens.weight';

function stored(config: Record<string, unknown>, names: readonly string[]): ModelStructure {
  const parsed = parseModelConfig(JSON.stringify(config), 'config.json');
  const tensors = names.map((name) => ({ name, dtype: 'BF16', shape: [96, 64] }));
  const built = parsed.ok ? buildStructure(parsed.value, { tensors, files: [] }) : parsed;
  if (!built.ok) throw new Error(built.error.message.text);
  return built.value;
}

describe('embeddings that a config class ties', () => {
  it('are tied where the weights hold one of them', () => {
    for (const name of [HEAD, EMBEDDINGS]) expect(stored(MISTRAL3, [name]).tied).toBe(true);
  });

  it('are two where the weights hold both and config.json says nothing, as of Mistral-Small-3.1', () => {
    const structure = stored(MISTRAL3, [HEAD, EMBEDDINGS]);
    expect(structure.tied).toBe(false);
    const head = structure.modules.find(({ name }) => name === 'lm_head');
    expect(head?.parameters).toEqual([{ name: 'weight', shape: [96, 64], tiedTo: null }]);
  });

  it('are tied where config.json says so, though the weights hold both, as of Qwen3-0.6B', () => {
    expect(stored({ ...MISTRAL3, tie_word_embeddings: true }, [HEAD, EMBEDDINGS]).tied).toBe(true);
  });
});
