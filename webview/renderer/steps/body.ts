import type { TemplateResult } from 'lit';
import { assertNever } from '../../../src/common/assertNever';
import type { Disposable } from '../../../src/common/disposable';
import type { OutputOf, StepOutput } from '../../../src/protocol/outputs';
import type { StepName } from '../../../src/protocol/trainer';
import type { StepView, ViewContext } from '../view';
import { dataView } from './data';
import { generateView } from './generate';
import { loraView } from './lora';
import { modelView } from './model';
import { saveView } from './save';
import { tokenizerView } from './tokenizer';
import { trainView } from './train';

/** The view of one step, for callers that don't know which. */
export interface StepBody extends Disposable {
  readonly step: StepName;
  render(output: StepOutput): TemplateResult;
}

export function createBody(step: StepName, context: ViewContext): StepBody {
  switch (step) {
    case 'model':
      return body(step, modelView(context));
    case 'lora':
      return body(step, loraView(context));
    case 'data':
      return body(step, dataView(context));
    case 'tokenizer':
      return body(step, tokenizerView(context));
    case 'train':
      return body(step, trainView(context));
    case 'generate':
      return body(step, generateView(context));
    case 'save':
      return body(step, saveView(context));
    default:
      return assertNever(step);
  }
}

function body<S extends StepName>(step: S, view: StepView<OutputOf<S>>): StepBody {
  return {
    step,
    render(output) {
      if (!isOutputOf(step, output)) throw new Error(`The view of ${step} was given ${output.step}`);
      return view.render(output);
    },
    dispose: () => view.dispose(),
  };
}

function isOutputOf<S extends StepName>(step: S, output: StepOutput): output is OutputOf<S> {
  return output.step === step;
}
