import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

type Tensors = Readonly<Record<string, readonly number[]>>;

interface Given {
  readonly tensors?: Tensors;
  readonly more?: Readonly<Record<string, Tensors>>;
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
}

/** Folders as the save step leaves them. */
export class AdapterFolders {
  readonly root = mkdtempSync(path.join(tmpdir(), 'tunebook-hub-'));
  #count = 0;

  make(given: Given = {}): string {
    const folder = path.join(this.root, `adapter-${this.#count++}`);
    writeAdapter(folder, given);
    return folder;
  }

  remove(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

let made = 0;

export function writeAdapter(
  folder: string,
  { tensors = { lora_A: [8, 64] }, more = {}, files = {} }: Given = {},
): void {
  mkdirSync(folder, { recursive: true });
  const config = { peft_type: 'LORA', base_model_name_or_path: 'microsoft/Phi-3-mini-4k-instruct', r: 8 };
  const all: Record<string, string | Uint8Array> = {
    'adapter_config.json': JSON.stringify(config),
    'README.md': '---\nbase_model: microsoft/Phi-3-mini-4k-instruct\n---\n# Yoda\n',
    'adapter_model.safetensors': safetensors(tensors),
    ...Object.fromEntries(Object.entries(more).map(([name, shapes]) => [name, safetensors(shapes)])),
    ...files,
  };
  for (const [name, content] of Object.entries(all)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
}

/** Each with other values: what the Hub has already isn't sent again. */
function safetensors(tensors: Tensors): Uint8Array {
  let end = 0;
  const header = Object.entries(tensors).map(([name, shape]) => {
    const start = end;
    end += 4 * shape.reduce((product, size) => product * size, 1);
    return [name, { dtype: 'F32', shape, data_offsets: [start, end] }];
  });
  const text = Buffer.from(JSON.stringify(Object.fromEntries(header)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, Buffer.alloc(end, ++made)]);
}
