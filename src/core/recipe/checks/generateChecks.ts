import { message } from '../../../common/message';
import { type Check, error, warning } from './checked';

export const generateChecks: Check = function* generateChecks({ full: { generate } }) {
  const { prompts, references } = generate;
  if (prompts.length === 0)
    yield warning(
      'generate.prompts',
      message('There are no prompts: nothing would show what the model has learnt.'),
      message('Write some sentences that are not in the data.'),
    );
  if (references !== null && references.length !== prompts.length)
    yield error(
      'generate.references',
      message('There are {0} references for {1} prompts.', references.length, prompts.length),
      message('Write one reference for each prompt, in the same order, or remove references.'),
    );
};
