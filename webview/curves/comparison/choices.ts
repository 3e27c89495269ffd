export const ROWS = ['differing', 'all'] as const;
/** What an answer's words are held against. */
export const MARKS = ['none', 'first', 'reference'] as const;

export interface ComparisonChoices {
  readonly rows: (typeof ROWS)[number];
  /** What each row means stands below its name. */
  readonly explained: boolean;
  readonly marks: (typeof MARKS)[number];
}

export function comparisonChoices(kept: unknown): ComparisonChoices {
  const given: object = typeof kept === 'object' && kept !== null ? kept : {};
  return {
    rows: ROWS.find((rows) => 'rows' in given && given.rows === rows) ?? 'differing',
    explained: 'explained' in given && given.explained === true,
    marks: MARKS.find((marks) => 'marks' in given && given.marks === marks) ?? 'first',
  };
}
