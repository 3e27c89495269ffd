import { formatMessage, type Message } from '../../common/message';
import type { TokenFinding } from '../../protocol/tokenView';

/** Why no tokens can be shown. The finding says it where findings are asked for. */
export class TokensError extends Error {
  readonly finding: TokenFinding;

  constructor(finding: TokenFinding) {
    super(formatMessage(finding.message));
    this.name = 'TokensError';
    this.finding = finding;
  }

  static of(
    kind: TokenFinding['kind'],
    trouble: {
      readonly recipePath: readonly string[];
      readonly message: Message;
      readonly remedy: Message;
      readonly line?: number | null;
      readonly severity?: TokenFinding['severity'];
      readonly fixes?: TokenFinding['fixes'];
    },
  ): TokensError {
    return new TokensError({ severity: 'error', fixes: [], line: null, ...trouble, kind });
  }
}
