import type { ComparedAnswer, ComparedAnswers } from '../../../protocol/curvesPanel';
import type { Answer, GenerateOutput } from '../../../protocol/outputs';
import type { ComparableRun } from '../compareRuns';
import { stepOutput, type Words } from '../stepOutput';

type Row = GenerateOutput['rows'][number];

/** Answers to the same prompt in the same mode, in the order of the first run that asked. */
export function compareAnswers(runs: readonly ComparableRun[], words: Words): ComparedAnswers[] {
  const questions = new Map<string, (Row | null)[]>();
  for (const [run, { state }] of runs.entries()) {
    const asked = new Map<string, number>();
    for (const answer of stepOutput(state, 'generate', words).rows) {
      const question = JSON.stringify([answer.prompt, answer.mode]);
      // asked twice by one run: the second time is another question
      const times = (asked.get(question) ?? 0) + 1;
      asked.set(question, times);
      const key = `${times} ${question}`;
      const all = questions.get(key) ?? runs.map(() => null);
      all[run] = answer;
      questions.set(key, all);
    }
  }
  return [...questions.values()].flatMap((rows) => {
    const first = rows.find((found) => found !== null);
    if (first === undefined || first === null) return [];
    const references = rows.map((found) => found?.reference ?? null);
    const bases = rows.map((found) => answerOf(found?.base ?? null));
    const sameReference = agree(references);
    const sameBase = agree(bases.map((answer) => answer?.text ?? null));
    return {
      prompt: first.prompt,
      mode: first.mode,
      reference: sameReference ? (references.find((text) => text !== null) ?? null) : null,
      base: sameBase ? (bases.find((answer) => answer !== null) ?? null) : null,
      runs: rows.map((found, run) => ({
        reference: sameReference ? null : (references[run] ?? null),
        base: sameBase ? null : (bases[run] ?? null),
        tuned: answerOf(found?.tuned ?? null),
      })),
    };
  });
}

/** Of those that say something. */
function agree(texts: readonly (string | null)[]): boolean {
  return new Set(texts.filter((text) => text !== null)).size < 2;
}

function answerOf(answer: Answer | null): ComparedAnswer | null {
  if (answer === null) return null;
  const { text, stopReason, tokens, durationMs } = answer;
  return { text, stopReason, tokens: tokens.length, durationMs };
}
