import { Duplicates } from '../../core/data/problems/duplicates';
import type { RowForm } from '../../core/data/problems/form';
import type { RowTokens } from '../../core/data/problems/rowTokens';

/** What the rows of a file are judged by, and how many were. */
export abstract class SweepJudge {
  protected readonly form: RowForm | null;
  protected readonly tokens: RowTokens | null;
  protected readonly duplicates: Duplicates | null;
  rows = 0;

  /** form: null for a file that is no dataset. */
  constructor(form: RowForm | null, tokens: RowTokens | null) {
    this.form = form;
    this.tokens = tokens;
    this.duplicates = form === null ? null : new Duplicates(form);
  }

  get judged(): boolean {
    return this.form !== null;
  }
}
