import type { Role } from '../../protocol/dataset';

/** A way of writing a conversation in one text. */
export interface Family {
  readonly markers: Readonly<Partial<Record<Role, string>>>;
  readonly ends?: readonly string[];
  /** End marks of tokenizers that were left in some such texts; elsewhere they may be said, so only if they are seen. */
  readonly leftovers?: readonly string[];
  /** Marks that nobody writes by chance. */
  readonly special: boolean;
}

/** What chat templates write. */
const TEMPLATES: readonly Family[] = [
  {
    markers: {
      system: '<|im_start|>system\n',
      user: '<|im_start|>user\n',
      assistant: '<|im_start|>assistant\n',
      tool: '<|im_start|>tool\n',
    },
    ends: ['<|im_end|>', '<|endoftext|>'],
    special: true,
  },
  {
    markers: {
      system: '<|start_header_id|>system<|end_header_id|>\n\n',
      user: '<|start_header_id|>user<|end_header_id|>\n\n',
      assistant: '<|start_header_id|>assistant<|end_header_id|>\n\n',
      tool: '<|start_header_id|>ipython<|end_header_id|>\n\n',
    },
    ends: ['<|eot_id|>', '<|begin_of_text|>', '<|end_of_text|>'],
    special: true,
  },
  {
    markers: { user: '<start_of_turn>user\n', assistant: '<start_of_turn>model\n' },
    ends: ['<end_of_turn>', '<bos>', '<eos>'],
    special: true,
  },
  {
    markers: { system: '<|system|>\n', user: '<|user|>\n', assistant: '<|assistant|>\n' },
    ends: ['<|end|>'],
    leftovers: ['</s>', '<s>', '<|endoftext|>'],
    special: true,
  },
  {
    markers: { system: '<<SYS>>\n', user: '[INST] ', assistant: '[/INST] ' },
    ends: ['<</SYS>>', '</s>', '<s>'],
    special: true,
  },
];

/** Names before a colon, as people write them; the pair that a text is written with is found by its own. */
const NAMES: readonly (readonly [user: string, assistant: string, system: string])[] = [
  ['Human', 'Assistant', 'System'],
  ['User', 'Assistant', 'System'],
  ['USER', 'ASSISTANT', 'SYSTEM'],
  ['Human', 'AI', 'System'],
  ['Human', 'Bot', 'System'],
  ['User', 'Bot', 'System'],
  ['User', 'AI', 'System'],
  ['User', 'GPT', 'System'],
  ['Customer', 'Agent', 'System'],
  ['Instruction', 'Response', 'System'],
  ['Question', 'Answer', 'System'],
  ['Q', 'A', 'System'],
  ['用户', '助手', '系统'],
  ['问', '答', '系统'],
];

const HEADINGS: readonly (readonly [user: string, assistant: string])[] = [
  ['Instruction', 'Response'],
  ['Instruction', 'Output'],
  ['Human', 'Assistant'],
  ['User', 'Assistant'],
  ['Question', 'Answer'],
  ['Input', 'Output'],
];

const LEFTOVERS: readonly string[] = ['</s>', '<s>', '<|endoftext|>'];

/** All, the surest first. */
export const FAMILIES: readonly Family[] = [
  ...TEMPLATES,
  ...HEADINGS.flatMap(([user, assistant]) =>
    // "### Instruction:\n" (Alpaca) stands on a line of its own; "### Human: " (Guanaco) may follow without a line break.
    ['\n', ' '].map((after) => ({
      markers: { system: `### System:${after}`, user: `### ${user}:${after}`, assistant: `### ${assistant}:${after}` },
      leftovers: LEFTOVERS,
      special: true,
    })),
  ),
  ...NAMES.flatMap(([user, assistant, system]) =>
    ['\n\n', '\n'].flatMap((before) =>
      [':', '：'].map((colon) => {
        const after = colon === ':' ? ': ' : colon;
        return {
          markers: {
            system: `${before}${system}${after}`,
            user: `${before}${user}${after}`,
            assistant: `${before}${assistant}${after}`,
          },
          leftovers: LEFTOVERS,
          special: false,
        };
      }),
    ),
  ),
  // Vicuna writes a conversation in one line: "USER: … ASSISTANT: …</s>USER: …"; Glaive's function calls are alike.
  {
    markers: { system: 'SYSTEM: ', user: 'USER: ', assistant: 'ASSISTANT: ', tool: 'FUNCTION RESPONSE: ' },
    leftovers: LEFTOVERS,
    special: false,
  },
];
