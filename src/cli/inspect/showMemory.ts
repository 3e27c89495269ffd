import { assertNever } from '../../common/assertNever';
import { type Message, message } from '../../common/message';
import type { EstimateMachine, GpuMemory, MemoryEstimate, MemoryLever } from '../../protocol/model';
import { bar } from '../show/bar';
import type { Terminal } from '../terminal';
import { bytes } from '../text/amounts';
import { printable } from '../text/printable';
import { padEnd, width } from '../text/width';
import type { Look } from './look';
import { PART_NAMES } from './partNames';

const BAR_CELLS = 24;

export function showMemory({ memory, machine, gpus, levers }: Look, terminal: Terminal): void {
  const { loadedBytes, preparedBytes, peakBytes, deviceBytes, parts, length, lengthIsLimit, notes } = memory;
  terminal.line();
  terminal.line(terminal.bold(terminal.text(titleOf(machine))));
  showRows(
    [
      [message('After loading'), bytes(loadedBytes)],
      [message('After preparation'), bytes(preparedBytes)],
      [message('At the peak while training'), `≈ ${bytes(peakBytes)}`],
      [message('On the device, with all that comes beside it'), `≈ ${bytes(deviceBytes)}`],
    ],
    terminal,
  );
  terminal.say(
    lengthIsLimit
      ? message('With rows as long as max_length allows: {0} tokens.', length)
      : message('With the longest rows of the dataset: {0} tokens.', length),
  );
  terminal.line();
  showRows(
    parts.map((part) => [
      PART_NAMES[part.kind],
      `${bytes(part.bytes).padStart(8)}  ${bar(part.bytes / Math.max(1, deviceBytes), BAR_CELLS)}`,
    ]),
    terminal,
  );
  for (const note of notes) terminal.line(terminal.dim(printable(terminal.text(note))));
  if (machine.device === 'cuda') terminal.line();
  for (const gpu of gpus) terminal.line(fitOf(gpu, memory, terminal));
  if (machine.device === 'cuda' && gpus.length === 0) terminal.say(message('No GPU was found on this machine.'));
  if (fitsNowhere(memory, gpus)) for (const lever of levers) showLever(lever, terminal);
}

/** No GPU that is here has room for it now. */
function fitsNowhere({ deviceBytes }: MemoryEstimate, gpus: readonly GpuMemory[]): boolean {
  return gpus.length > 0 && gpus.every(({ freeBytes }) => freeBytes < deviceBytes);
}

function showLever({ message: what, savesBytes, cost }: MemoryLever, terminal: Terminal): void {
  const words = message('{0}: saves {1}. {2}', terminal.text(what), bytes(savesBytes), terminal.text(cost));
  terminal.line(`  → ${printable(terminal.text(words))}`);
}

function titleOf({ device, gpu }: EstimateMachine): Message {
  switch (device) {
    case 'cuda':
      return gpu === null
        ? message('Memory on a GPU, estimated')
        : message('Memory on {0}, estimated', printable(gpu.name));
    case 'mps':
      return message('Memory on Apple’s GPU, estimated');
    case 'cpu':
      return message('Memory on the CPU, estimated');
    default:
      return assertNever(device);
  }
}

function showRows(rows: readonly (readonly [Message, string])[], terminal: Terminal): void {
  const texts = rows.map(([name, value]): [string, string] => [terminal.text(name), value]);
  const cells = Math.max(...texts.map(([name]) => width(name)), 0);
  for (const [name, value] of texts) terminal.line(`  ${padEnd(name, cells)}  ${value}`.trimEnd());
}

function fitOf(
  { index, name, totalBytes, freeBytes }: GpuMemory,
  { deviceBytes }: MemoryEstimate,
  terminal: Terminal,
): string {
  const card = terminal.text(
    message('GPU {0}, {1}: {2} of {3} are free.', index, printable(name), bytes(freeBytes), bytes(totalBytes)),
  );
  const missing = deviceBytes - freeBytes;
  const verdict =
    missing <= 0
      ? terminal.green(terminal.text(message('It fits.')))
      : terminal.red(terminal.text(message('It does not fit: {0} are missing.', bytes(missing))));
  return `${card} ${verdict}`;
}
