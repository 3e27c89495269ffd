import type { TokenFinding } from '../../protocol/tokenView';
import type { TokenLook } from './tokenLook';

/** Whether what the model is asked with is the beginning of what it is trained on. See labelsOfRows, `promptDiffers`. */
export function* checkPrompt({ labelled }: TokenLook): Generator<TokenFinding> {
  if (labelled.promptDiffers !== null) yield labelled.promptDiffers;
}
