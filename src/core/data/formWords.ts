import { message, type Message } from '../../common/message';
import type { Detection, Form } from '../../protocol/dataset';

/** What a form of data is called, and one sentence about it. */
export interface FormWords {
  readonly label: Message;
  readonly explanation: Message;
}

const WORDS: Readonly<Record<Form, FormWords>> = {
  messages: {
    label: message('Messages (OpenAI)'),
    explanation: message('One column holds a list of messages, each with role and content.'),
  },
  shareGpt: {
    label: message('ShareGPT'),
    explanation: message('One column holds a list of messages, each with from (human, gpt, …) and value.'),
  },
  alpaca: {
    label: message('Alpaca'),
    explanation: message('An instruction, an input that may be empty, and the output to learn.'),
  },
  promptCompletion: {
    label: message('Prompt and completion'),
    explanation: message(
      'The user says the prompt and the assistant the completion; each is a text or a list of messages.',
    ),
  },
  questionAnswer: {
    label: message('Question and answer'),
    explanation: message('The user asks the question and the assistant gives the answer.'),
  },
  preference: {
    label: message('Preference (chosen and rejected)'),
    explanation: message(
      'Two answers to a prompt, one better than the other: the chosen one is learnt, the rejected one left out.',
    ),
  },
  pair: {
    label: message('Two columns'),
    explanation: message('The user says one column and the assistant the other; check which is which.'),
  },
  transcript: {
    label: message('Transcript'),
    explanation: message('One text holds the whole conversation, with marks such as "Human:" that say who speaks.'),
  },
  text: {
    label: message('Plain text'),
    explanation: message('One column of text, which the assistant says without being asked.'),
  },
};

export function formWords(form: Form): FormWords {
  return WORDS[form];
}

const SURE: Readonly<Record<Detection['confidence'], Message>> = {
  certain: message('Recognised by its names and values'),
  likely: message('Recognised by its values: please check'),
  guess: message('A guess: please check'),
};

export function confidenceWords(confidence: Detection['confidence']): Message {
  return SURE[confidence];
}
