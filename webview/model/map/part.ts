import type { ModelModule, ModelParameter, ModelPart } from '../../../src/protocol/model';
import { isUnseen, type Role, roleOf } from './roles';

/** A matrix as features that go in and come out: the sides of its rectangle. */
export interface Sides {
  readonly inFeatures: number;
  readonly outFeatures: number;
  /** Matrices of this size beside each other: the experts of a fused parameter; else 1. */
  readonly copies: number;
}

/** One thing of the picture: a module, or a parameter of a module that fuses experts. */
export interface Part {
  /** Full name of the module; with that of the parameter for fused ones. */
  readonly name: string;
  readonly module: string;
  /** Path inside of its block; the name itself outside of blocks. */
  readonly path: string;
  readonly label: string;
  readonly type: string;
  readonly part: ModelPart;
  readonly block: number | null;
  readonly role: Role;
  /** null: no matrix. */
  readonly sides: Sides | null;
  /** Of a vector of weights (norms); null where there is none. */
  readonly length: number | null;
  /** What is counted for it: shared weights count where they are kept. */
  readonly parameters: number;
  readonly tiedTo: string | null;
  /** Whether LoRA can stand beside it: a linear layer, or a fused parameter by target_parameters. */
  readonly adaptable: boolean;
}

/** What names of a structure tell before its modules are looked at one by one. */
export interface StructureNames {
  readonly inputEmbeddings: string | null;
  readonly outputEmbeddings: string | null;
  readonly hiddenSize: number;
  /** Modules that others stand in: containers. */
  readonly containers: ReadonlySet<string>;
}

/** The things that one module is drawn as; none for what holds others or does nothing. */
export function partsOf(module: ModelModule, names: StructureNames): Part[] {
  if (isUnseen(module.type)) return [];
  const fused = module.parameters.filter(({ shape }) => shape.length === 3);
  if (fused.length > 0) return fused.map((parameter) => fusedPart(module, parameter, fused, names));
  if (module.parameters.length === 0 && names.containers.has(module.name)) return [];
  const part = modulePart(module, names);
  // what has no weights is drawn where it does something that is worth knowing
  return module.parameters.length > 0 || part.role === 'rotary' || part.role === 'activation' ? [part] : [];
}

function modulePart(module: ModelModule, names: StructureNames): Part {
  const { name, type, part, block } = module;
  const path = pathOf(name, block);
  const matrix = module.parameters.find(({ shape }) => shape.length >= 2) ?? null;
  const isLinear = /^(linear|conv1d|nonDynamicallyQuantizableLinear)$/i.test(type) || type.endsWith('Linear');
  const isHead = name === names.outputEmbeddings;
  const isEmbedding = name === names.inputEmbeddings;
  const role = roleOf({ path, type, part, isLinear, isHead, isEmbedding, parameter: null });
  const [first] = module.parameters;
  return {
    name,
    module: name,
    path,
    label: labelOf(path),
    type,
    part,
    block,
    role,
    sides: matrix === null ? null : sidesOf(matrix.shape, type, role),
    length: matrix === null && first !== undefined ? (first.shape[0] ?? null) : null,
    parameters: counted(module.parameters),
    tiedTo: module.parameters.find(({ tiedTo }) => tiedTo !== null)?.tiedTo ?? null,
    adaptable: isLinear && matrix !== null,
  };
}

function fusedPart(
  module: ModelModule,
  parameter: ModelParameter,
  fused: readonly ModelParameter[],
  { hiddenSize }: StructureNames,
): Part {
  const { name, type, part, block } = module;
  const path = `${pathOf(name, block)}.${parameter.name}`;
  const role = roleOf({
    path,
    type,
    part,
    isLinear: false,
    isHead: false,
    isEmbedding: false,
    parameter: parameter.name,
  });
  const [copies = 1, one = 0, two = 0] = parameter.shape;
  // Which side is the input, families decide (GptOssExperts keeps in × out, others out × in): the model's width is on
  // the input side of what leads in, and on the output side of what leads out.
  const other = one === hiddenSize ? two : one;
  const inward = { inFeatures: hiddenSize, outFeatures: other };
  const outward = { inFeatures: other, outFeatures: hiddenSize };
  return {
    name: `${name}.${parameter.name}`,
    module: name,
    path,
    label: parameter.name,
    type,
    part,
    block,
    role,
    sides: { ...(role === 'expertsOut' ? outward : inward), copies },
    length: null,
    parameters: counted([parameter, ...besides(module, parameter, fused)]),
    tiedTo: parameter.tiedTo,
    adaptable: true,
  };
}

/** Biases of the experts (GptOssExperts: gate_up_proj_bias) belong to their matrices; what else there is, to the first. */
function besides(
  { parameters }: ModelModule,
  parameter: ModelParameter,
  fused: readonly ModelParameter[],
): readonly ModelParameter[] {
  return parameters
    .filter((each) => !fused.includes(each))
    .filter(({ name }) => (fused.find((matrix) => name.startsWith(matrix.name)) ?? fused[0]) === parameter);
}

/** torch keeps out × in; Conv1D of GPT-2, embeddings and projections by `matmul` keep in × out. */
function sidesOf(shape: readonly number[], type: string, role: Role): Sides {
  const [first = 0, ...rest] = shape;
  const second = rest.reduce((product, side) => product * side, 1);
  const inFirst = type === 'Conv1D' || role === 'embedding' || role === 'positions' || !/Linear|Conv|Router/.test(type);
  return inFirst
    ? { inFeatures: first, outFeatures: second, copies: 1 }
    : { inFeatures: second, outFeatures: first, copies: 1 };
}

function counted(parameters: readonly ModelParameter[]): number {
  return parameters
    .filter(({ tiedTo }) => tiedTo === null)
    .reduce((sum, { shape }) => sum + shape.reduce((product, side) => product * side, 1), 0);
}

/** "self_attn.q_proj" of "model.layers.3.self_attn.q_proj". */
export function pathOf(name: string, block: number | null): string {
  if (block === null) return name;
  const mark = `.${block}.`;
  const at = name.indexOf(mark);
  return at < 0 ? name : name.slice(at + mark.length);
}

/** The last part that says something: "0" and "proj" do not without what stands before. */
function labelOf(path: string): string {
  const parts = path.split('.');
  const last = parts.at(-1) ?? path;
  return /^(\d+|proj|weight)$/.test(last) ? parts.slice(-2).join('.') : last;
}
