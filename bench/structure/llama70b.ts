// A folder with config.json, index and the headers of a Llama of 70 billion parameters. Its files are as long as they say and
// take no room on the disk: nothing but headers is written.
import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import path from 'node:path';

const HIDDEN = 8192;
const INTERMEDIATE = 28_672;
const LAYERS = 80;
const KEY_VALUE = 1024; // 8 heads of 128
const VOCABULARY = 128_256;
const SHARDS = 48;
const BFLOAT16 = 2;

const CONFIG = {
  architectures: ['LlamaForCausalLM'],
  model_type: 'llama',
  hidden_size: HIDDEN,
  intermediate_size: INTERMEDIATE,
  num_hidden_layers: LAYERS,
  num_attention_heads: 64,
  num_key_value_heads: 8,
  vocab_size: VOCABULARY,
  max_position_embeddings: 131_072,
  rms_norm_eps: 1e-5,
  rope_theta: 500_000,
  tie_word_embeddings: false,
  torch_dtype: 'bfloat16',
};

export const RECIPE = `model:
  model_name_or_path: ./llama-70b
  quantization_config:
    load_in_4bit: true
lora:
  r: 8
  target_modules: all-linear
data:
  path: ./rows.jsonl
`;

type Tensor = readonly [name: string, shape: readonly number[]];

function tensors(): Tensor[] {
  const layers = Array.from({ length: LAYERS }, (_, layer): Tensor[] => {
    const at = `model.layers.${layer}`;
    return [
      [`${at}.input_layernorm.weight`, [HIDDEN]],
      [`${at}.mlp.down_proj.weight`, [HIDDEN, INTERMEDIATE]],
      [`${at}.mlp.gate_proj.weight`, [INTERMEDIATE, HIDDEN]],
      [`${at}.mlp.up_proj.weight`, [INTERMEDIATE, HIDDEN]],
      [`${at}.post_attention_layernorm.weight`, [HIDDEN]],
      [`${at}.self_attn.k_proj.weight`, [KEY_VALUE, HIDDEN]],
      [`${at}.self_attn.o_proj.weight`, [HIDDEN, HIDDEN]],
      [`${at}.self_attn.q_proj.weight`, [HIDDEN, HIDDEN]],
      [`${at}.self_attn.v_proj.weight`, [KEY_VALUE, HIDDEN]],
    ];
  });
  return [
    ['model.embed_tokens.weight', [VOCABULARY, HIDDEN]],
    ...layers.flat(),
    ['model.norm.weight', [HIDDEN]],
    ['lm_head.weight', [VOCABULARY, HIDDEN]],
  ];
}

/** Makes llama-70b in this folder. */
export function makeLlama70b(parent: string): void {
  const folder = path.join(parent, 'llama-70b');
  const all = tensors();
  const upTo = (shard: number): number => Math.floor((shard * all.length) / SHARDS);
  const map: Record<string, string> = {};
  let total = 0;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (let shard = 0; shard < SHARDS; shard++) {
    const file = `model-${numbered(shard + 1)}-of-${numbered(SHARDS)}.safetensors`;
    const own = all.slice(upTo(shard), upTo(shard + 1));
    for (const [name] of own) map[name] = file;
    total += writeSparse(path.join(folder, file), own);
  }
  writeFileSync(path.join(folder, 'config.json'), JSON.stringify(CONFIG, null, 2));
  const index = { metadata: { total_size: total }, weight_map: map };
  writeFileSync(path.join(folder, 'model.safetensors.index.json'), JSON.stringify(index, null, 2));
}

/** Bytes of the data that it claims. */
function writeSparse(file: string, own: readonly Tensor[]): number {
  let at = 0;
  const header = Object.fromEntries(
    own.map(([name, shape]) => {
      const begin = at;
      at += BFLOAT16 * shape.reduce((product, size) => product * size, 1);
      return [name, { dtype: 'BF16', shape, data_offsets: [begin, at] }];
    }),
  );
  const text = Buffer.from(JSON.stringify({ __metadata__: { format: 'pt' }, ...header }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const descriptor = openSync(file, 'wx');
  writeSync(descriptor, length);
  writeSync(descriptor, text);
  ftruncateSync(descriptor, length.length + text.length + at);
  closeSync(descriptor);
  return at;
}

const numbered = (shard: number): string => String(shard).padStart(5, '0');
