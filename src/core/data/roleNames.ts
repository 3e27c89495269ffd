import type { Role } from '../../protocol/dataset';

/** What data sets call the four roles. Matched without regard to case, spaces, - and _. */
const NAMES: Readonly<Record<Role, string>> = {
  system: 'system developer systemprompt sys 系统',
  user: 'user human prompter customer client student patient usr 用户 问',
  assistant:
    'assistant gpt chatgpt bing bard bot chatbot ai model agent llm claude gemini teacher doctor functioncall toolcall ' +
    'toolcalls 助手 答',
  tool:
    'tool function observation ipython environment toolresponse toolresult tooloutput functionresponse functionresult ' +
    'functionoutput',
};

/** LLaMA-Factory's and others' name for a turn whose text is the JSON of a call: {"name": …, "arguments": …}. */
const CALLS: ReadonlySet<string> = new Set(['functioncall', 'toolcall', 'toolcalls']);

const ROLES = new Map(entries());

function entries(): [string, Role][] {
  const roles: readonly Role[] = ['system', 'user', 'assistant', 'tool'];
  return roles.flatMap((role) => NAMES[role].split(' ').map((name): [string, Role] => [name, role]));
}

/** The role that a name commonly stands for, or null. */
export function roleNamed(name: string): Role | null {
  // Twice, since nearly all names are written as they stand in the list, and a role is asked for with every message.
  return ROLES.get(name) ?? ROLES.get(plainName(name)) ?? null;
}

export function namesCall(name: string): boolean {
  return /call/i.test(name) && CALLS.has(plainName(name));
}

/** Without what people vary: case, spaces, - and _. */
export function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, '');
}
