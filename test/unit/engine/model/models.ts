import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ResolvedRecipe } from '../../../../src/protocol/trainer';
import { headerBytes, layOut } from '../../core/model/safetensorsFile';

export const LLAMA = {
  architectures: ['LlamaForCausalLM'],
  model_type: 'llama',
  hidden_size: 8,
  intermediate_size: 16,
  num_hidden_layers: 2,
  num_attention_heads: 2,
  num_key_value_heads: 1,
  vocab_size: 32,
  max_position_embeddings: 64,
  tie_word_embeddings: false,
  torch_dtype: 'bfloat16',
};

/** Its tensors, by shape. */
export const LLAMA_TENSORS: Readonly<Record<string, readonly number[]>> = {
  'model.embed_tokens.weight': [32, 8],
  ...layer(0),
  ...layer(1),
  'model.norm.weight': [8],
  'lm_head.weight': [32, 8],
};

function layer(index: number): Record<string, readonly number[]> {
  const at = `model.layers.${index}`;
  return {
    [`${at}.input_layernorm.weight`]: [8],
    [`${at}.mlp.down_proj.weight`]: [8, 16],
    [`${at}.mlp.gate_proj.weight`]: [16, 8],
    [`${at}.mlp.up_proj.weight`]: [16, 8],
    [`${at}.post_attention_layernorm.weight`]: [8],
    [`${at}.self_attn.k_proj.weight`]: [4, 8],
    [`${at}.self_attn.o_proj.weight`]: [8, 8],
    [`${at}.self_attn.q_proj.weight`]: [8, 8],
    [`${at}.self_attn.v_proj.weight`]: [4, 8],
  };
}

/** A whole .safetensors file of zeros. */
export function weightsFile(shapes: Readonly<Record<string, readonly number[]>>): Uint8Array {
  const { header, dataBytes } = layOut(shapes);
  return Buffer.concat([
    headerBytes(JSON.stringify({ __metadata__: { format: 'pt' }, ...header })),
    Buffer.alloc(dataBytes),
  ]);
}

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A model in one file. */
export function llama(): Files {
  return { 'config.json': JSON.stringify(LLAMA), 'model.safetensors': weightsFile(LLAMA_TENSORS) };
}

/** The same in so many files and an index. */
export function shardedLlama(count: number): Record<string, string | Uint8Array> {
  const names = Object.keys(LLAMA_TENSORS);
  const files: Record<string, string | Uint8Array> = { 'config.json': JSON.stringify(LLAMA) };
  const map: Record<string, string> = {};
  for (let shard = 0; shard < count; shard++) {
    const file = `model-${pad(shard + 1)}-of-${pad(count)}.safetensors`;
    const own = names.filter((_, at) => at % count === shard);
    files[file] = weightsFile(Object.fromEntries(own.map((name) => [name, LLAMA_TENSORS[name] ?? []])));
    for (const name of own) map[name] = file;
  }
  files['model.safetensors.index.json'] = JSON.stringify({ metadata: { total_size: 1 }, weight_map: map });
  return files;
}

const pad = (number: number): string => String(number).padStart(5, '0');

/** Folders of one test file. */
export class Folders {
  readonly root = mkdtempSync(path.join(tmpdir(), 'tunebook-model-'));

  write(name: string, files: Files): string {
    const folder = path.join(this.root, name);
    for (const [file, content] of Object.entries(files)) {
      const place = path.join(folder, file);
      mkdirSync(path.dirname(place), { recursive: true });
      writeFileSync(place, content);
    }
    return folder;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

/** A recipe that is asked for its model alone. */
export function recipeFor(folder: string, name: string, revision: string | null = null): ResolvedRecipe {
  const none = {};
  return {
    name: 'test',
    recipeFile: path.join(folder, 'test.tune.yaml'),
    baseDirectory: folder,
    sections: {
      model: { model_name_or_path: name, revision },
      lora: none,
      data: none,
      tokenizer: none,
      train: none,
      generate: none,
      save: none,
    },
  };
}
