import { formatMessage, type Message } from '../../common/message';

export type HubErrorKind =
  /** HF_HUB_OFFLINE */
  | 'offline'
  /** None, or one that the Hub doesn't know. */
  | 'token'
  /** It may not do this. */
  | 'forbidden'
  | 'missing'
  /** The repository is there already, and nobody said that it may be. */
  | 'exists'
  /** It is public, and a private push was asked for. */
  | 'public'
  /** Somebody else committed meanwhile. */
  | 'conflict'
  | 'tooMany'
  | 'hubFails'
  | 'noAnswer'
  /** The Hub doesn't want what is pushed. */
  | 'refused'
  | 'name'
  | 'folder'
  /** A file was written to while it was read. */
  | 'changed'
  | 'strange';

/** Why nothing could be pushed, and what to do about it. Neither ever holds a token. */
export class HubError extends Error {
  readonly kind: HubErrorKind;
  readonly words: Message;
  readonly remedy: Message;

  constructor(kind: HubErrorKind, words: Message, remedy: Message, options?: ErrorOptions) {
    super(formatMessage(words), options);
    this.name = 'HubError';
    this.kind = kind;
    this.words = words;
    this.remedy = remedy;
  }
}
