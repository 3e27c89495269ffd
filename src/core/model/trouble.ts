import type { Message } from '../../common/message';
import type { ModelTrouble } from '../../protocol/model';

/** config.json can't be used: what is wrong with it, and what to do. */
export function badConfig(file: string, text: Message, remedy: Message): ModelTrouble {
  return { kind: 'badConfig', severity: 'error', message: text, remedy, file };
}
