import type { MemoryPartKind } from '../../../protocol/model';
import type { Arena, Storage } from './arena';
import { CheckpointGroup, Saved } from './saved';

/** A tensor: its memory, how many numbers it has and how wide they are, and whether a gradient flows through it. */
export interface Value {
  readonly storage: Storage;
  readonly elements: number;
  readonly size: number;
  readonly grad: boolean;
  /** Its gradient while the backward pass is there; of its own width. */
  gradient: Storage | null;
  /** A trained parameter: its gradient stays. */
  readonly isParameter?: boolean;
}

/** How the gradient of one input comes about: made, while `extra` bytes more live, or the output's own (or a view of it). */
export type Flow =
  | { readonly to: Value; readonly kind: 'made'; readonly extra?: number }
  | { readonly to: Value; readonly kind: 'passed' };

export interface Operation {
  readonly output: Value;
  readonly flows: readonly Flow[];
  readonly saved: Saved;
  /** Kept on the node past checkpointing's hooks: ctx attributes of a torch.autograd.Function. */
  readonly attached?: readonly Storage[];
}

interface Node extends Operation {
  readonly group: CheckpointGroup | null;
  /** The first of its group, and so the last in the backward pass. */
  readonly ends: CheckpointGroup | null;
}

/** Checkpointing ends a block's second forward pass when it has all that the backward pass needs (early_stop). */
class EarlyStop extends Error {}

type Mode =
  | { readonly kind: 'keep' }
  | { readonly kind: 'count'; readonly group: CheckpointGroup }
  | { readonly kind: 'again'; readonly last: number; readonly storages: Map<number, Storage> };

/**
 * PyTorch's autograd, as far as memory goes: operations make tensors, tensors live while a variable or a node holds them, and
 * the backward pass takes nodes in reverse order.
 */
export class Tape {
  readonly arena: Arena;
  #nodes: Node[] = [];
  /** Variables of the running forward pass. */
  #variables = new Set<Value>();
  #mode: Mode = { kind: 'keep' };
  #saves = 0;

  constructor(arena: Arena) {
    this.arena = arena;
  }

  /** A new tensor, held by the caller's variable. */
  make(elements: number, size: number, grad: boolean, kind: MemoryPartKind = 'activations'): Value {
    return this.#held({ storage: this.arena.take(elements * size, kind), elements, size, grad, gradient: null });
  }

  /** The same numbers, or some of them, in the same memory; its gradient is the other's. */
  view(of: Value, elements = of.elements): Value {
    const view = this.#held({
      storage: this.arena.hold(of.storage),
      elements,
      size: of.size,
      grad: of.grad,
      gradient: null,
    });
    if (of.grad) this.record({ output: view, flows: [{ to: of, kind: 'passed' }], saved: new Saved() });
    return view;
  }

  /** Some of the numbers; the gradient is written into zeros of the whole's size. */
  slice(of: Value, elements: number): Value {
    const part = this.#held({
      storage: this.arena.hold(of.storage),
      elements,
      size: of.size,
      grad: of.grad,
      gradient: null,
    });
    if (of.grad) this.record({ output: part, flows: [{ to: of, kind: 'made' }], saved: new Saved() });
    return part;
  }

  /** The variables go. */
  free(...values: readonly Value[]): void {
    for (const value of values) {
      if (this.#variables.delete(value)) this.arena.drop(value.storage);
    }
  }

  /** A node keeps a tensor. */
  save(value: Value, saved: Saved): void {
    const number = this.#saves++;
    switch (this.#mode.kind) {
      case 'keep':
        saved.storages.push(this.arena.hold(value.storage));
        return;
      case 'count':
        saved.numbers.push(number);
        return;
      default:
        this.#mode.storages.set(number, this.arena.hold(value.storage));
        this.#stop(this.#mode.last);
    }
  }

  /** A node keeps a frozen parameter: no memory, but checkpointing counts it. */
  saveParameter(): void {
    this.#saves++;
    if (this.#mode.kind === 'again') this.#stop(this.#mode.last);
  }

  record(operation: Operation): void {
    const group = this.#mode.kind === 'count' ? this.#mode.group : null;
    this.#nodes.push({ ...operation, group, ends: group?.begin() === true ? group : null });
  }

  /** Runs a block under checkpointing. `after`: where its second run is over. */
  checkpoint(x: Value, run: (x: Value) => Value, after: () => void): Value {
    const group = new CheckpointGroup(this.arena, x.storage, ({ saves }) => this.#again(x, run, saves, after));
    const outer = this.#enter({ kind: 'count', group });
    const output = run(x);
    group.saves = this.#saves;
    this.#leave(outer);
    return output;
  }

  /** Operations whose results nobody will differentiate: what they saved goes. */
  detached<T>(run: () => T): T {
    const before = this.#nodes;
    this.#nodes = [];
    const result = run();
    const made = this.#nodes;
    this.#nodes = before;
    for (const node of made) this.#drop(node.saved.storages);
    return result;
  }

  /** From an output whose gradient has `bytes` bytes. */
  backward(output: Value, gradient: Storage): void {
    output.gradient = gradient;
    for (let node = this.#nodes.pop(); node !== undefined; node = this.#nodes.pop()) this.#run(node);
  }

  /** A second forward pass, to its last save. Its variables and nodes go; what it saved stays, by number. */
  #again(x: Value, run: (x: Value) => Value, last: number, after: () => void): ReadonlyMap<number, Storage> {
    const storages = new Map<number, Storage>();
    const [nodes, variables] = [this.#nodes, this.#variables];
    [this.#nodes, this.#variables] = [[], new Set()];
    const outer = this.#enter({ kind: 'again', last, storages });
    try {
      run(x);
    } catch (error) {
      if (!(error instanceof EarlyStop)) throw error;
    }
    this.#leave(outer);
    this.free(...this.#variables);
    for (const { attached } of this.#nodes) this.#drop(attached ?? []);
    [this.#nodes, this.#variables] = [nodes, variables];
    after();
    return storages;
  }

  #run({ output, flows, saved, attached, group, ends }: Node): void {
    const { gradient } = output;
    output.gradient = null;
    if (gradient !== null) {
      const kept = [...saved.storages, ...(group?.unpack(saved.numbers) ?? [])];
      const made = flows.map((flow) => ({ to: flow.to, gradient: this.#flow(flow, gradient) }));
      this.#drop(kept);
      this.arena.drop(gradient);
      for (const one of made) this.#accumulate(one.to, one.gradient);
    } else this.#drop(saved.storages);
    this.#drop(attached ?? []);
    ends?.end();
  }

  #flow(flow: Flow, gradient: Storage): Storage {
    if (flow.kind === 'passed') return this.arena.hold(gradient);
    const extra = this.arena.take(flow.extra ?? 0, 'workspace');
    const kind = flow.to.isParameter === true ? 'gradients' : 'activations';
    const made = this.arena.take(flow.to.elements * flow.to.size, kind);
    this.arena.drop(extra);
    return made;
  }

  /** A second gradient is added in place where nobody else holds the first (torch/csrc/autograd/input_buffer.cpp). */
  #accumulate(to: Value, gradient: Storage): void {
    const { gradient: first } = to;
    if (first === null) {
      to.gradient = gradient;
      return;
    }
    if (first.holders > 1) {
      to.gradient = this.arena.take(to.elements * to.size, 'activations');
      this.arena.drop(first);
    }
    this.arena.drop(gradient);
  }

  #stop(last: number): void {
    if (this.#saves >= last) throw new EarlyStop();
  }

  #enter(mode: Mode): readonly [Mode, number] {
    const outer = [this.#mode, this.#saves] as const;
    [this.#mode, this.#saves] = [mode, 0];
    return outer;
  }

  #leave([mode, saves]: readonly [Mode, number]): void {
    [this.#mode, this.#saves] = [mode, saves];
  }

  #drop(storages: readonly Storage[]): void {
    for (const storage of storages) this.arena.drop(storage);
  }

  #held(value: Value): Value {
    this.#variables.add(value);
    return value;
  }
}
