import { assertNever } from '../../common/assertNever';
import { type Message, message } from '../../common/message';
import type { ModelSource } from '../../protocol/model';
import { printTable } from '../show/table';
import type { Terminal } from '../terminal';
import { bytes, count } from '../text/amounts';
import { printable } from '../text/printable';
import { type LayerGroup, layerGroups } from './groups';
import { type Look, parametersOf } from './look';
import { showLora } from './showLora';
import { showMemory } from './showMemory';

interface Shown {
  readonly source: ModelSource;
  readonly isRecipe: boolean;
}

/** isRecipe: how it is trained was said; else it is as a first recipe would have it. */
export function showModel(look: Look, { source, isRecipe }: Shown, terminal: Terminal): void {
  const { structure } = look;
  const { architecture, modelType, checkpoint } = structure;
  terminal.line(terminal.bold(printable(`${architecture ?? modelType}  ${source.place}`)));
  terminal.say(
    message(
      '{0} parameters in {1}, read from {2}.',
      count(parametersOf(structure)),
      structure.dtype,
      terminal.text(placeOf(source)),
    ),
  );
  if (checkpoint !== null) {
    const size = checkpoint.files.reduce((sum, file) => sum + file.bytes, 0);
    terminal.say(message('Weights on disk: {0}. Files: {1}.', bytes(size), checkpoint.files.length));
  }
  if (structure.basis === 'headers')
    terminal.say(
      message(
        'Its kind, {0}, isn’t known here: the layers are guessed from the names of its weights.',
        printable(modelType),
      ),
    );
  terminal.line();
  showGroups(layerGroups(look), terminal);
  for (const note of structure.notes)
    terminal.problem(`${terminal.yellow('warning')}: ${printable(terminal.text(note.message))}`);
  terminal.line();
  if (!isRecipe) terminal.say(message('As the recipe trains it that tunebook init writes; --set changes a value.'));
  showLora(look, isRecipe, terminal);
  // what isn't carried out takes no memory
  if (look.lora.kind !== 'refused') showMemory(look, terminal);
}

function placeOf({ kind }: ModelSource): Message {
  switch (kind) {
    case 'folder':
      return message('a folder');
    case 'cache':
      return message('the Hub’s cache on this machine');
    case 'hub':
      return message('the Hub');
    default:
      return assertNever(kind);
  }
}

const HEADER: readonly Message[] = [
  message('Layer'),
  message('Count'),
  message('Kind'),
  message('Shape'),
  message('dtype'),
  message('Parameters'),
  message('LoRA'),
];

function showGroups(groups: readonly LayerGroup[], terminal: Terminal): void {
  const digits = Math.max(...groups.map((group) => String(group.count).length), 1);
  const wide = Math.max(...groups.map((group) => count(group.parameters).length), 1);
  const rows = groups.map((group) => [
    group.name,
    `${String(group.count).padStart(digits)} ×`,
    group.type,
    shapeText(group),
    group.dtype ?? '–',
    (group.tiedTo === null ? count(group.parameters) : '–').padStart(wide),
    roleText(group, terminal),
  ]);
  printTable(HEADER, rows, terminal);
}

function roleText(group: LayerGroup, terminal: Terminal): string {
  const role = roleOf(group);
  return role === null ? '' : terminal.text(role);
}

/** Null for a layer that stays as it is. */
function roleOf({ target, saved, tiedTo, count: times }: LayerGroup): Message | null {
  if (saved) return message('trained whole');
  if (target !== null)
    return message('r {0}, alpha {1}: {2}', target.r, target.alpha, count(target.parameters * times));
  return tiedTo === null ? null : message('shares {0}', tiedTo);
}

/** in→out of a linear layer, as people read it; others as PyTorch has them. */
export function shapeText({ shape, type, isLinear }: Pick<LayerGroup, 'shape' | 'type' | 'isLinear'>): string {
  const [first = 0, second] = shape;
  if (!isLinear || second === undefined) return shape.join('×');
  // Conv1D keeps [in, out]
  return type === 'Conv1D' ? `${first}→${second}` : `${second}→${first}`;
}
