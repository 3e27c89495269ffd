import { message } from '../../../common/message';
import type { Finding, FindingFix } from './finding';
import type { Turn } from './turns';
import { removeMessage } from './turns';

const KIND = 'rolesDontAlternate';

/**
 * Who follows whom. The trainer takes any order, but the chat templates of Llama 2, Mistral and Gemma call raise_exception
 * ("Conversation roles must alternate user/assistant/…"), and others render what no conversation at answering time looks like.
 */
export function* orderFindings(turns: readonly Turn[]): Generator<Finding> {
  for (const [index, turn] of turns.entries()) {
    const before = turns[index - 1];
    const found = (text: Finding['message'], fixes: readonly FindingFix[] = []): Finding => ({
      kind: KIND,
      severity: 'warning',
      at: turn.roleAt,
      message: text,
      fixes,
    });
    switch (turn.role) {
      case 'system':
        if (before !== undefined)
          yield found(message('A system message stands after the beginning: most chat templates refuse it.'));
        break;
      case 'assistant':
        if (before === undefined || before.role === 'system')
          yield found(message('The assistant speaks first: many chat templates want the user to begin.'));
        else if (before.role === 'assistant')
          yield found(
            message('The assistant speaks twice in a row: many chat templates refuse this.'),
            merged(before, turn),
          );
        break;
      case 'user':
        if (before?.role === 'user')
          yield found(
            message('The user speaks twice in a row: many chat templates refuse this.'),
            merged(before, turn),
          );
        break;
      case 'tool':
        // after any word of the assistant: some write the call into the text (<tool_call> in Hermes' form)
        if (before?.role !== 'assistant' && before?.role !== 'tool')
          yield found(message('A tool answers, but the assistant has not called one just before.'));
        break;
      case null:
        // told by unknownRole; what stands around it can't be judged
        return;
    }
  }
}

/** Both texts in one message, with an empty line between, where nothing else would be lost. */
function merged(first: Turn, second: Turn): readonly FindingFix[] {
  if (!first.plain || !second.plain) return [];
  return [
    {
      title: message('Merge with the message before'),
      changes: [
        { change: 'append', at: first.contentAt, between: '\\n\\n', textOf: second.contentAt },
        { change: 'remove', at: second.at },
      ],
    },
  ];
}

/** A conversation that ends before the assistant answers. */
export function* endFindings(turns: readonly Turn[]): Generator<Finding> {
  const last = turns.at(-1);
  if (last?.role !== 'user' && last?.role !== 'tool') return;
  const removable = last.role === 'user' && turns.at(-2)?.role === 'assistant';
  yield {
    kind: 'noAssistantTurn',
    severity: 'warning',
    at: last.roleAt,
    message:
      last.role === 'user'
        ? message('The conversation ends with the user: no answer to this is learnt.')
        : message('The conversation ends with a tool’s answer: what the assistant makes of it is missing.'),
    fixes: removable ? [removeMessage(last.at)] : [],
  };
}
