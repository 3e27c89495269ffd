import type { Dtype, ModelPart } from '../../../protocol/model';

/**
 * One nn.Module as its __init__ makes it: members in the order in which they are assigned, which is the order of
 * named_modules() and named_parameters(). A node may stand in several places: the layers of a model are mostly one node.
 */
export interface ModuleNode {
  readonly type: string; // Python class
  readonly parameters: Readonly<Record<string, readonly number[]>>;
  readonly buffers: Readonly<Record<string, BufferShape>>;
  /** null: the attribute is None, or isn't there with these settings. */
  readonly children: Readonly<Record<string, ModuleNode | null>> | readonly ModuleNode[];
  /** Of a vision-language model: which part it and all within are. null: as what it stands in. */
  readonly part: ModelPart | null;
  /** Its children are the model's repeated blocks. */
  readonly blocks: boolean;
}

export interface BufferShape {
  readonly shape: readonly number[];
  /** null: that of the loaded model. */
  readonly dtype: Dtype | null;
}

type Own = Partial<Pick<ModuleNode, 'parameters' | 'buffers' | 'part'>>;

const NOTHING = { parameters: {}, buffers: {}, children: {}, part: null, blocks: false } as const;

/** A module of modules. `own`: its own parameters and buffers, and the part that it starts. */
export function container(
  type: string,
  children: Readonly<Record<string, ModuleNode | null>>,
  own: Own = {},
): ModuleNode {
  return { ...NOTHING, type, children, ...own };
}

/** A module without modules in it: Dropout, an activation, or (with `own`) anything with parameters and buffers alone. */
export function leaf(type: string, own: Own = {}): ModuleNode {
  return { ...NOTHING, type, ...own };
}

/** nn.Linear: weight [outFeatures, inFeatures]. */
export function linear(inFeatures: number, outFeatures: number, bias: boolean): ModuleNode {
  const weight = [outFeatures, inFeatures];
  return leaf('Linear', { parameters: bias ? { weight, bias: [outFeatures] } : { weight } });
}

/** transformers.pytorch_utils.Conv1D, of GPT-2: weight [inFeatures, outFeatures], always with a bias. */
export function conv1d(inFeatures: number, outFeatures: number): ModuleNode {
  return leaf('Conv1D', { parameters: { weight: [inFeatures, outFeatures], bias: [outFeatures] } });
}

/** nn.Embedding, or a class made of it. */
export function embedding(rows: number, width: number, type = 'Embedding', own: Own = {}): ModuleNode {
  return leaf(type, { parameters: { weight: [rows, width] }, ...own });
}

/** A norm with one weight, such as LlamaRMSNorm. */
export function norm(type: string, width: number): ModuleNode {
  return leaf(type, { parameters: { weight: [width] } });
}

/** nn.LayerNorm. */
export function layerNorm(width: number, bias = true, type = 'LayerNorm'): ModuleNode {
  return leaf(type, { parameters: bias ? { weight: [width], bias: [width] } : { weight: [width] } });
}

/** nn.ModuleList (or nn.Sequential) of modules that aren't the model's blocks, such as experts. */
export function moduleList(modules: readonly ModuleNode[], type = 'ModuleList'): ModuleNode {
  return { ...NOTHING, type, children: modules };
}

/** nn.ModuleList of the model's (or its vision tower's) repeated blocks: `build` gets each one's number. */
export function blocks(count: number, build: (index: number) => ModuleNode): ModuleNode {
  return {
    ...NOTHING,
    type: 'ModuleList',
    children: Array.from({ length: count }, (_, index) => build(index)),
    blocks: true,
  };
}
