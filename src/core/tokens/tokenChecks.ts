import type { TokenFinding } from '../../protocol/tokenView';
import { checkEnds } from './tokenChecksEnds';
import { checkLengths } from './tokenChecksLengths';
import { checkMarks } from './tokenChecksMarks';
import { checkMasks } from './tokenChecksMasks';
import { checkPacking } from './tokenChecksPacking';
import { checkPad } from './tokenChecksPad';
import { checkPrompt } from './tokenChecksPrompt';
import { checkVocabulary } from './tokenChecksVocabulary';
import type { TokenLook } from './tokenLook';

/** What a person should know of a recipe's tokens before a run; errors first. */
export function checkTokens(look: TokenLook): TokenFinding[] {
  const checks = [
    checkVocabulary,
    checkMarks,
    checkMasks,
    checkEnds,
    checkPad,
    checkPacking,
    checkPrompt,
    checkLengths,
  ];
  const findings = checks.flatMap((check) => Array.from(check(look)));
  return findings.sort((a, b) => Number(b.severity === 'error') - Number(a.severity === 'error'));
}
