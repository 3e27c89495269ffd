import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { compileTemplate } from '../../../../src/core/tokens/chatTemplate';
import { parsePythonJson } from '../../../../src/core/tokens/jinja/pythonJson';
import type { RenderFailure, RenderInput, Rendered } from '../../../../src/core/tokens/types';
import type { Result } from '../../../../src/common/result';
import { assertNever } from '../../../../src/common/assertNever';

const ROOT = join(import.meta.dirname, '../../../..');
const FOLDERS = { fixture: 'test/fixtures/templates', tunebook: 'trainer/src/tunebook_trainer/templates' };

/** What Python made of one template and one conversation; spans in code points. */
export type PythonAnswer =
  | { readonly text: string; readonly spans: readonly (readonly [number, number])[] }
  | { readonly refused: string; readonly reason: string };

export interface Reference {
  /** The rows for which `marked` was chosen. */
  readonly markedFor: readonly RenderInput['messages'][];
  /** Local time, as strftime_now had it. */
  readonly now: string;
  readonly special: Readonly<Record<string, string>>;
  readonly templates: readonly {
    readonly name: string;
    /** One of ours, "the tokenizer", "TRL", or null. */
    readonly marked: string | null;
    readonly cases: readonly (PythonAnswer & { readonly conversation: number; readonly prompt: boolean })[];
  }[];
  readonly programs: readonly (PythonAnswer & { readonly source: string })[];
  readonly snippets: readonly (PythonAnswer & { readonly source: string })[];
}

/** tools/parity/template_reference.py wrote it. */
export function readReference(): Reference {
  const bytes = readFileSync(join(ROOT, 'test/fixtures/parity/templates.json.gz'));
  // SAFETY: the file is ours, and pytest compares it with what the script writes (test/trainer/test_parity.py).
  return JSON.parse(gunzipSync(bytes).toString('utf8')) as Reference;
}

/** The template's text, its line ends as the file has them. */
export function templateSource(name: string): string {
  const [folder, file] = name.startsWith('tunebook/')
    ? [FOLDERS.tunebook, name.slice('tunebook/'.length)]
    : [FOLDERS.fixture, name];
  return readFileSync(join(ROOT, folder, `${file}.jinja`), 'utf8');
}

interface Conversation {
  readonly name: string;
  readonly messages: RenderInput['messages'];
  readonly tools: readonly unknown[] | null;
  readonly kwargs: Readonly<Record<string, unknown>>;
}

function readFixture(name: string): unknown {
  return parsePythonJson(readFileSync(join(ROOT, FOLDERS.fixture, name), 'utf8'));
}

// SAFETY: the file is ours; its README says what is in it.
export const CONVERSATIONS = readFixture('conversations.json') as readonly Conversation[];

/** The values that the snippets of language.json are about. */
// SAFETY: the file is ours; its README says what is in it.
export const CONTEXT = (readFixture('language.json') as { context: Record<string, unknown> }).context;

/** The values that programs.json is about. */
// SAFETY: the file is ours; its README says what is in it.
export const PROGRAM_CONTEXT = (readFixture('programs.json') as { context: Record<string, unknown> }).context;

export function renderInput(reference: Reference, conversation: number, prompt: boolean): RenderInput {
  const { messages, tools, kwargs } = CONVERSATIONS[conversation]!;
  return { messages, tools, kwargs, add_generation_prompt: prompt, special: reference.special };
}

/** What the template makes of each input, with the date that Python had. */
export function renderer(
  reference: Reference,
  source: string,
): (input: RenderInput) => Result<Rendered, RenderFailure> {
  const compiled = compileTemplate(source, { now: () => new Date(reference.now) });
  return (input) => (compiled.ok ? compiled.value.render(input) : compiled);
}

export type Verdict = 'equal' | 'refusedBoth' | 'unsupported' | 'different';

/** Text and spans alike; or both refuse, with the same words where the template itself refuses. */
export function verdict(python: PythonAnswer, ours: Result<Rendered, RenderFailure>): Verdict {
  if (ours.ok) {
    if ('refused' in python || python.text !== ours.value.text) return 'different';
    const letters = Array.from(python.text);
    const beyond = (place: number): number => Math.max(0, place - letters.length);
    const unit = (place: number): number => letters.slice(0, place).join('').length + beyond(place);
    const spans = python.spans.map(([start, end]) => ({ start: unit(start), end: unit(end) }));
    return JSON.stringify(spans) === JSON.stringify(ours.value.generation) ? 'equal' : 'different';
  }
  switch (ours.error.kind) {
    case 'unsupported':
      return 'unsupported';
    case 'refused':
      if (!('refused' in python)) return 'different';
      return python.refused === 'TemplateError' && python.reason !== ours.error.reason ? 'different' : 'refusedBoth';
    default:
      return assertNever(ours.error);
  }
}

export interface TemplateRow {
  readonly template: string;
  readonly cases: number;
  readonly equal: number;
  readonly refusedBoth: number;
  readonly unsupported: number;
  readonly different: number;
}

/** The rows of the table in docs/parity.md. */
export function templateRows(reference: Reference): TemplateRow[] {
  return reference.templates.map(({ name, cases }) => {
    const render = renderer(reference, templateSource(name));
    const verdicts = cases.map((each) => verdict(each, render(renderInput(reference, each.conversation, each.prompt))));
    const count = (wanted: Verdict): number => verdicts.filter((each) => each === wanted).length;
    return {
      template: name,
      cases: cases.length,
      equal: count('equal'),
      refusedBoth: count('refusedBoth'),
      unsupported: count('unsupported'),
      different: count('different'),
    };
  });
}
