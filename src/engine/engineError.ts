import type { Message } from '../common/message';

export type EngineErrorKind =
  | 'noPython'
  | 'environmentIncomplete'
  | 'runDirectory'
  | 'spawn'
  | 'noTrainer'
  | 'cancelled'
  | 'install'
  | 'tokens'
  | 'export';

/** Why a trainer can't be started or asked, in words with a next step. */
export class EngineError extends Error {
  readonly kind: EngineErrorKind;
  readonly words: Message;

  constructor(kind: EngineErrorKind, words: Message, options?: ErrorOptions) {
    super(
      words.text.replace(/\{(\d+)\}/g, (_, index: string) => String(words.args[Number(index)])),
      options,
    );
    this.name = 'EngineError';
    this.kind = kind;
    this.words = words;
  }
}
