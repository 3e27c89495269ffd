import { message } from '../../common/message';
import type { RecipeProblem } from '../../core/recipe/problem';
import { problemLine } from '../recipe/printProblems';
import { severityLabel } from '../show/severityLabel';
import type { Terminal } from '../terminal';
import { bytes, count } from '../text/amounts';
import { printable } from '../text/printable';
import type { Look } from './look';

/** Whether there is a recipe with lines that a problem can stand in. */
export function showLora({ lora, problems }: Look, isRecipe: boolean, terminal: Terminal): void {
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
  }
  for (const problem of problems)
    terminal.problem(isRecipe ? problemLine(problem, terminal) : bareLine(problem, terminal));
}

function bareLine({ severity, message: words, remedy }: RecipeProblem, terminal: Terminal): string {
  return `${severityLabel(severity, terminal)}: ${printable(terminal.text(words))} (${printable(terminal.text(remedy))})`;
}
