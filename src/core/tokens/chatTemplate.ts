import { message } from '../../common/message';
import { err, ok, type Result } from '../../common/result';
import { Budget } from './jinja/budget';
import { codePoints } from './jinja/characters';
import { toValue } from './jinja/convert';
import { Refusal, Unsupported } from './jinja/failure';
import { FrameTable } from './jinja/frames';
import { globalsAt } from './jinja/globals';
import { Interpreter, type Span } from './jinja/interpreter';
import type { Body } from './jinja/nodes';
import { parseTemplate } from './jinja/parser';
import { Context, Scope } from './jinja/scope';
import type { ChatTemplate, Rendered, RenderFailure, RenderInput } from './types';

/** As TRL looks for it (trl/chat_template_utils.py, has_generation_markers). */
const GENERATION = /\{%-?\s*generation\s*-?%\}/;

/**
 * A chat template that renders what transformers' apply_chat_template(tokenize=False) does, character for character
 * (transformers/utils/chat_template_utils.py, _cached_compile_jinja_template, over jinja2 3.1).
 */
export function compileTemplate(
  source: string,
  { now = () => new Date() }: { readonly now?: () => Date } = {},
): Result<ChatTemplate, RenderFailure> {
  return attempt((): ChatTemplate => {
    const body = parseTemplate(source);
    const frames = new FrameTable(body);
    return {
      source,
      marksGeneration: GENERATION.test(source),
      render: (input) => attempt(() => renderBody(body, frames, input, now)),
    };
  });
}

function renderBody(body: Body, frames: FrameTable, input: RenderInput, now: () => Date): Rendered {
  const given = new Map(globalsAt(now));
  // tokenizer.apply_chat_template: {**special_tokens_map, **kwargs}, which must not name these again
  const variables = {
    ...Object.fromEntries(Object.entries(input.special).filter(([, token]) => token !== null)),
    ...input.kwargs,
    messages: input.messages,
    tools: input.tools ?? null,
    documents: null,
    add_generation_prompt: input.add_generation_prompt ?? false,
  };
  for (const [name, value] of Object.entries(variables)) given.set(name, toValue(value));
  const interpreter = new Interpreter(new Budget(), frames);
  const output = interpreter.run(body, new Scope(frames.root, null, new Context(given)));
  const text = output.text();
  return { text, generation: unitSpans(text, interpreter.generation), lines: output.lines() };
}

function attempt<T>(work: () => T): Result<T, RenderFailure> {
  try {
    return ok(work());
  } catch (error) {
    if (error instanceof Refusal) return err({ kind: 'refused', reason: error.message });
    if (error instanceof Unsupported) return err({ kind: 'unsupported', reason: error.reason });
    if (error instanceof RangeError) {
      // the stack of JavaScript is full: parentheses or lists too deep
      return err({ kind: 'unsupported', reason: message('The chat template is nested too deep.') });
    }
    throw error;
  }
}

/** Spans in code points → the same in UTF-16 units, which is what JavaScript cuts by. */
function unitSpans(text: string, spans: readonly Span[]): readonly Span[] {
  if (codePoints(text) === text.length) return spans;
  const starts = [0];
  for (const character of text) starts.push((starts.at(-1) ?? 0) + character.length);
  // A mark within a macro counts from where the template stands, which may lie beyond the end.
  const last = starts.length - 1;
  const unit = (place: number): number => (starts[Math.min(place, last)] ?? 0) + Math.max(0, place - last);
  return spans.map(({ start, end }) => ({ start: unit(start), end: unit(end) }));
}
