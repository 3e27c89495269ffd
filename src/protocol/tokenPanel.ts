/** What the token view and the extension ask each other. Text that is no Message is in the editor's language already. */
import type { TokenFinding, TokenView } from './tokenView';

/** Why the view shows no picture, or one that is no longer true. */
export type TokensState =
  /** `rows`: tokenised up to now; null before the first were. */
  | { readonly kind: 'working'; readonly by: TokenView['source']; readonly rows: number | null }
  | { readonly kind: 'shown' }
  /** The recipe can't be read. */
  | { readonly kind: 'problems'; readonly problems: readonly RecipeTrouble[] }
  /** `findings`: what is known of the reason, with remedies; empty where it is another one. */
  | { readonly kind: 'failed'; readonly reason: string; readonly findings: readonly TokenFinding[] };

export interface RecipeTrouble {
  /** From 1, in the recipe's text. */
  readonly line: number;
  readonly message: string;
  readonly remedy: string;
}

export interface TokensPicture {
  readonly recipeName: string;
  readonly state: TokensState;
  /** The last one that could be made. */
  readonly view: TokenView | null;
}

/** Where a click leads. `focus`: whoever came by keyboard wants to go there, a pointer goes on in the picture. */
interface Leap {
  readonly line: number;
  readonly focus: boolean;
}

/** What the view asks the extension. */
export interface TokensAsks {
  readonly ready: { readonly params: null; readonly result: TokensPicture };
  /** One edit that can be undone; false where the recipe's text doesn't allow it. */
  readonly setValues: {
    readonly params: readonly { readonly path: readonly string[]; readonly value: unknown }[];
    readonly result: boolean;
  };
  readonly showInRecipe: { readonly params: readonly string[]; readonly result: null };
  readonly showRow: { readonly params: Leap; readonly result: null };
  readonly showTemplate: { readonly params: Leap; readonly result: null };
  readonly askTrainer: { readonly params: null; readonly result: null };
  readonly readAllRows: { readonly params: null; readonly result: null };
  readonly tryAgain: { readonly params: null; readonly result: null };
  /** Ends what is under way: the last picture stays. */
  readonly stop: { readonly params: null; readonly result: null };
}

/** What the extension tells the view. */
export interface TokensTells {
  readonly state: { readonly params: TokensState; readonly result: null };
  readonly picture: { readonly params: TokensPicture; readonly result: null };
}
