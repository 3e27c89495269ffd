import { checkMapping, type MappingProblem } from '../../src/core/data/checkMapping';
import type { Mapping } from '../../src/protocol/dataset';
import type { State } from './state';
import type { View } from './view';

/** What is wrong with the mapping as it is typed now. */
export function mappingProblems({ mapping, preview }: Pick<State, 'mapping' | 'preview'>): readonly MappingProblem[] {
  return mapping === null || preview === null ? [] : checkMapping(mapping, preview.columns);
}

/** The same about one part of it, in words; null: nothing is. */
export function problemOf(mapping: Mapping, field: string, { state, words }: View): string | null {
  const found = mappingProblems({ mapping, preview: state.preview }).find((problem) => problem.field === field);
  return found === undefined ? null : words.t(found.message.text, ...found.message.args.map(String));
}
