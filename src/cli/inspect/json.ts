import type { RecipeProblem } from '../../core/recipe/problem';
import type { MemoryLever, ModelSource } from '../../protocol/model';
import type { Terminal } from '../terminal';
import { type LayerGroup, layerGroups } from './groups';
import { type Look, parametersOf } from './look';

/** All of it, for another program. Numbers are bytes and elements. */
export function modelJson(look: Look, { kind, place }: ModelSource, terminal: Terminal): object {
  const { structure, lora, machine, gpus, memory } = look;
  const { modelType, architecture, basis, dtype, tied, quantMethod, checkpoint, sizes } = structure;
  return {
    place,
    source: kind,
    modelType,
    architecture,
    basis,
    dtype,
    tied,
    quantMethod,
    sizes,
    parameters: parametersOf(structure),
    checkpoint,
    layers: layerGroups(look).map(groupJson),
    lora: lora.kind === 'plan' ? { ...lora.plan, targets: lora.plan.targets.map(({ name }) => name) } : null,
    machine,
    gpus,
    memory: { ...memory, notes: memory.notes.map((note) => terminal.text(note)) },
    levers: look.levers.map((lever) => leverJson(lever, terminal)),
    problems: look.problems.map((problem) => problemJson(problem, terminal)),
    notes: structure.notes.map(({ kind: about, tensor, message }) => ({
      kind: about,
      tensor,
      message: terminal.text(message),
    })),
  };
}

function problemJson(
  { kind, severity, line, column, recipePath, message, remedy }: RecipeProblem,
  terminal: Terminal,
): object {
  return { kind, severity, line, column, recipePath, message: terminal.text(message), remedy: terminal.text(remedy) };
}

function leverJson({ changes, savesBytes, message, cost }: MemoryLever, terminal: Terminal): object {
  return { changes, savesBytes, message: terminal.text(message), cost: terminal.text(cost) };
}

function groupJson({ name, count, type, dtype, shape, parameters, tiedTo, target, saved }: LayerGroup): object {
  const adapter = target === null ? null : { r: target.r, alpha: target.alpha, parameters: target.parameters };
  return { name, count, type, dtype, shape, parameters, tiedTo, adapter, saved };
}
