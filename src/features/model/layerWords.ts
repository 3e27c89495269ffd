import { assertNever } from '../../common/assertNever';
import { type Message, message } from '../../common/message';
import type { LinearFate, ModelPart } from '../../protocol/model';
import type { LayerGroup } from './layerGroups';
import type { LayerModule } from './layerModules';
import type { LayerNode } from './layerTree';

/** What stands on the left of a row. */
export function labelOf(node: LayerNode): Message {
  switch (node.kind) {
    case 'part':
      return partWords(node.part);
    case 'allLinear':
      return message('All linear layers');
    case 'group':
      return groupWords(node.group);
    case 'block':
      return message('Block {0}', node.block);
    case 'alike':
      return name(node.leaf);
    case 'layer':
      return node.as === 'block' && node.module.block !== null
        ? message('Block {0}', node.module.block)
        : name(node.as === 'path' ? node.module.inBlock : node.module.leaf);
    default:
      return assertNever(node);
  }
}

/** A name of Python's is the same in every language. */
function name(text: string): Message {
  return { text: '{0}', args: [text] };
}

function partWords(part: ModelPart): Message {
  switch (part) {
    case 'text':
      return message('Language model');
    case 'vision':
      return message('Vision tower');
    case 'audio':
      return message('Audio tower');
    case 'projector':
      return message('Projector');
    default:
      return assertNever(part);
  }
}

function groupWords(group: LayerGroup): Message {
  switch (group) {
    case 'attention':
      return message('Attention');
    case 'mlp':
      return message('MLP');
    case 'experts':
      return message('Experts');
    case 'linear':
      return message('Other linear layers');
    case 'embedding':
      return message('Embeddings');
    case 'norm':
      return message('Norms');
    case 'head':
      return message('Output head');
    case 'other':
      return message('Others');
    default:
      return assertNever(group);
  }
}

/** "3072→9216" of a linear layer as people read it, "128 × 2048→1536" of fused experts; other shapes as they are. */
export function shapeText({ shape, type, fate, isParameter }: LayerModule): string {
  const [first, second, third] = shape ?? [];
  if (first === undefined) return '';
  if (second === undefined) return String(first);
  if (third !== undefined && isParameter) return `${first} × ${third}→${second}`;
  if (shape?.length !== 2) return shape?.join('×') ?? '';
  // Conv1D and embeddings keep [in, out].
  return type === 'Conv1D' || fate === null ? `${first}→${second}` : `${second}→${first}`;
}

/** What becomes of a linear layer when the model is loaded; null for all others. */
export function fateWords(fate: LinearFate | null, dtype: string | null): Message | null {
  if (fate === null) return null;
  if (fate.kind !== 'kept')
    return fate.kind === 'Linear4bit'
      ? message('Kept in 4 bits (Linear4bit), two weights in a byte')
      : message('Kept in 8 bits (Linear8bitLt)');
  const as = dtype ?? '';
  switch (fate.why) {
    case 'notQuantized':
      return message('Stays {0}: the recipe quantises nothing', as);
    case 'outputEmbeddings':
      return message('Stays {0}: transformers does not quantise the output layer', as);
    case 'tied':
      return message('Stays {0}: it shares its weights with the embeddings', as);
    case 'keepInFp32':
      return message('Stays {0}: the model asks for full precision here', as);
    case 'skipped':
      return message('Stays {0}: it is excepted from quantisation', as);
    case 'notLinear':
      return message('Stays {0}: bitsandbytes does not replace this class', as);
    default:
      return assertNever(fate.why);
  }
}
