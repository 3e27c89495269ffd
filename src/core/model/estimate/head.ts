import type { ModelModule } from '../../../protocol/model';
import { layer } from './loraLayer';
import { cast, plain } from './ops';
import { Saved } from './saved';
import { elementSize } from './bytes';
import { elementsOf } from '../elements';
import { dtypeOf } from './footprint';
import { type Step, tokensOf, weightOf } from './step';
import type { Value } from './tape';

/** Tokens that TRL 1.13.0 projects at a time (sft_trainer.py, _CHUNKED_LM_HEAD_CHUNK_SIZE). */
const CHUNK = 256;
/** entropy_from_logits (trl/trainer/utils.py) takes this many rows at a time. */
const ENTROPY_ROWS = 128;
/** Families with final_logit_softcapping. */
const CAPPED: ReadonlySet<string> = new Set(['gemma2', 'gemma3n', 'gemma3n_text']);

/** From the last hidden states to the loss: the biggest tensors of all stand here where the vocabulary is large. */
export function loss(step: Step, head: ModelModule, hidden: Value): Value {
  if (step.settings.liger) return ligerLoss(step, head, hidden);
  return step.settings.lossType === 'chunked_nll' ? chunkedLoss(step, head, hidden) : wholeLoss(step, head, hidden);
}

/** Hidden states of all tokens but each row's last, sorted; then one chunk after the other, each checkpointed. */
function chunkedLoss(step: Step, head: ModelModule, hidden: Value): Value {
  const { tape, rows, length } = step;
  const count = rows * Math.max(length - 1, 1);
  const width = hidden.elements / tokensOf(step);
  const shifted = rows === 1 ? tape.slice(hidden, count * width) : plain(tape, [hidden], count * width, hidden.size);
  const sorted = plain(tape, [shifted], count * width, hidden.size);
  tape.free(shifted);
  const piece = tape.slice(sorted, Math.min(CHUNK, count) * width);
  const result = tape.checkpoint(
    piece,
    (input) => chunk(step, head, input),
    () => undefined,
  );
  tape.free(piece, sorted);
  return result;
}

/** sft_trainer.py, _chunk: logits in float32, their log-softmax, and two more of the size for the entropy. */
function chunk(step: Step, head: ModelModule, x: Value): Value {
  const { tape } = step;
  const [vocabulary = 0, width = 1] = weightOf(head);
  const rows = x.elements / width;
  const stored = elementSize(
    dtypeOf(step.structure, head, { name: 'weight', shape: [], tiedTo: null }, step.effective, true),
  );
  const size = step.autocast ?? x.size;
  // w.to(h.dtype), then autocast's own copy.
  const own = stored === x.size ? null : tape.make(elementsOf(weightOf(head)), x.size, false, 'logits');
  const current = own === null ? stored : x.size;
  const input = cast(tape, x, size);
  const copy = current === size ? null : tape.make(elementsOf(weightOf(head)), size, false, 'logits');
  const saved = new Saved();
  if (copy !== null) tape.save(copy, saved);
  else if (own !== null) tape.save(own, saved);
  else tape.saveParameter();
  const raw = tape.make(rows * vocabulary, size, true, 'logits');
  tape.record({ output: raw, flows: [{ to: input, kind: 'made' }], saved });
  if (copy !== null) tape.free(copy);
  if (own !== null) tape.free(own);
  tape.free(input);
  const floats = wide(step, raw);
  tape.free(raw);
  const logits = CAPPED.has(step.structure.modelType) ? capped(step, floats) : tape.view(floats);
  tape.free(floats);
  const logProbabilities = tape.make(logits.elements, 4, true, 'logits');
  const kept = new Saved();
  tape.save(logProbabilities, kept);
  tape.record({ output: logProbabilities, flows: [{ to: logits, kind: 'made' }], saved: kept });
  const result = tape.make(1, 4, true, 'logits');
  const labels = new Saved();
  tape.save(logProbabilities, labels);
  tape.record({ output: result, flows: [{ to: logProbabilities, kind: 'made' }], saved: labels });
  const probabilities = tape.make(logits.elements, 4, false, 'logits');
  tape.save(probabilities, new Saved());
  const product = tape.make(logits.elements, 4, false, 'logits');
  // -(…).sum(dim=-1) * valid: the mask is the last thing that is kept.
  const sums = tape.make(rows, 4, false, 'logits');
  tape.saveParameter();
  tape.free(logits, logProbabilities, probabilities, product, sums);
  return result;
}

/** final_logit_softcapping: cap * tanh(logits / cap). */
function capped({ tape }: Step, x: Value): Value {
  const divided = plain(tape, [x], x.elements, x.size, 'logits');
  const waves = tape.make(x.elements, x.size, true, 'logits');
  const saved = new Saved();
  tape.save(waves, saved);
  tape.record({ output: waves, flows: [{ to: divided, kind: 'made' }], saved });
  tape.free(divided);
  const output = plain(tape, [waves], x.elements, x.size, 'logits');
  tape.free(waves);
  return output;
}

function wide({ tape }: Step, x: Value): Value {
  if (x.size === 4) return tape.view(x);
  const output = tape.make(x.elements, 4, true, 'logits');
  tape.record({ output, flows: [{ to: x, kind: 'made' }], saved: new Saved() });
  return output;
}

/** ForCausalLMLoss on all logits, then TRL's entropy of them. */
function wholeLoss(step: Step, head: ModelModule, hidden: Value): Value {
  const { tape, rows, length, arena } = step;
  const [vocabulary = 0] = weightOf(head);
  const raw = layer(step, head, hidden);
  const logits = wide(step, raw);
  const output = tape.make(logits.elements, 4, true, 'logits');
  const saved = new Saved();
  tape.save(output, saved);
  tape.record({ output, flows: [{ to: logits, kind: 'made' }], saved });
  const result = tape.make(1, 4, true, 'logits');
  tape.record({ output: result, flows: [{ to: output, kind: 'made' }], saved: new Saved() });
  tape.free(logits, output);
  // accelerate's convert_outputs_to_fp32 makes one more copy of what the model gives.
  const given = raw.size === 4 ? null : arena.take(raw.elements * 4, 'logits');
  if (given !== null) tape.free(raw);
  const shifted = arena.take(rows * (length - 1) * vocabulary * 4, 'logits');
  const chunkBytes = Math.min(ENTROPY_ROWS, tokensOf(step)) * vocabulary * 4;
  arena.moment(3 * chunkBytes, 'logits');
  arena.drop(shifted);
  if (given === null) tape.free(raw);
  else arena.drop(given);
  return result;
}

/** liger-kernel's fused_linear_cross_entropy: gradients are made in the forward pass, some rows at a time. */
function ligerLoss(step: Step, head: ModelModule, hidden: Value): Value {
  const { tape, arena } = step;
  const [vocabulary = 0, width = 1] = weightOf(head);
  const stored = elementSize(
    dtypeOf(step.structure, head, { name: 'weight', shape: [], tiedTo: null }, step.effective, true),
  );
  const size = step.autocast ?? hidden.size;
  const input = cast(tape, hidden, size);
  const copy = stored === size ? null : arena.take(vocabulary * width * size, 'logits');
  const tokens = tokensOf(step);
  const pieces = Math.ceil(vocabulary / width);
  const rows = 2 ** Math.ceil(Math.log2(Math.ceil(tokens / pieces)));
  const gradient = tape.make(input.elements, size, false, 'logits');
  arena.moment(rows * vocabulary * (size + size), 'logits');
  if (copy !== null) arena.drop(copy);
  const result = tape.make(1, 4, true, 'logits');
  const saved = new Saved();
  tape.save(gradient, saved);
  tape.record({ output: result, flows: [{ to: input, kind: 'made' }], saved });
  tape.free(input, gradient);
  return result;
}
