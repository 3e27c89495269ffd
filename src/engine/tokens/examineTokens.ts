import { checkTokens } from '../../core/tokens/tokenChecks';
import { lookAtTokens } from '../../core/tokens/tokenLook';
import { TokensError } from '../../core/tokens/tokensError';
import type { Asked } from '../../protocol/channel';
import type { TokenCalls, TokenFinding } from '../../protocol/tokenView';
import { eachRow } from './eachRow';
import { openLook } from './openLook';

type Call = TokenCalls['examineTokens'];

/** What keeps tokens from being shown is a finding as well. */
export async function examineTokens(
  { recipe, rows }: Call['params'],
  { signal, progress }: Asked<Call['progress']>,
): Promise<readonly TokenFinding[]> {
  try {
    const { looked } = await openLook(recipe, rows, { signal, env: process.env });
    const each = eachRow(signal, (done) => progress({ rows: done }));
    return checkTokens(await lookAtTokens(looked, each));
  } catch (error) {
    if (error instanceof TokensError) return [error.finding];
    throw error;
  }
}
