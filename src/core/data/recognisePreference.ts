import type { Detection } from '../../protocol/dataset';
import { CHOSEN, REJECTED } from './columnNames';
import { conversationIn } from './recogniseConversation';
import { isAnswers, pairDetection } from './recognisePairs';
import { transcriptIn } from './recogniseTranscript';
import { isMessageLists, isText, isTextOrNumber, type Column, type Table } from './table';

const PROMPTS: readonly string[] = ['prompt', 'question', 'instruction', 'query', 'input'];

/** A better and a worse answer: trained on the better one (TRL's dataset formats: "Preference"). */
export function recognisePreference(table: Table): Detection | null {
  const chosen = table.find(CHOSEN, isAnswer);
  const rejected = table.find(REJECTED, isAnswer);
  if (chosen === null || rejected === null) return null;
  const whole = isAnswers(chosen) ? null : conversationIn(chosen, table);
  if (whole !== null) return { ...whole, form: 'preference' };
  const prompt = table.find(PROMPTS, (column) => isTextOrNumber(column) || isMessageLists(column));
  if (prompt !== null) return pairDetection({ prompt, completion: chosen, form: 'preference' }, table, 'certain');
  const transcript = isText(chosen) ? transcriptIn(chosen, table) : null;
  return transcript === null ? null : { ...transcript, form: 'preference', confidence: 'certain' };
}

function isAnswer(column: Column): boolean {
  return isText(column) || isMessageLists(column);
}
