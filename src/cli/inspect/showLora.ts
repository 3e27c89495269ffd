import { message } from '../../common/message';
import type { Terminal } from '../terminal';
import { bytes, count } from '../text/amounts';
import type { Look } from './look';

export function showLora({ lora }: Look, terminal: Terminal): void {
  if (lora.kind === 'plan') {
    const { trainable, total, targets, saved, adapterBytes } = lora.plan;
    terminal.say(
      message(
        '{0} of {1} parameters are trained ({2} %), in {3} layers; the adapter will take {4}.',
        count(trainable),
        count(total),
        ((100 * trainable) / Math.max(1, total)).toFixed(2),
        targets.length + saved.length,
        bytes(adapterBytes),
      ),
    );
    return;
  }
  terminal.say(
    lora.kind === 'refused'
      ? message('The lora section can’t be carried out on this model; tunebook check says why.')
      : message('What the lora section comes to on this model can’t be told from here; the trainer knows.'),
  );
}
