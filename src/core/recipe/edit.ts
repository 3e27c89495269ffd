import type { TextEdit } from './problem';

/**
 * The edit that sets one value and leaves comments, order and format of everything else; null where the text can't be
 * read or the path leads through something that is no mapping.
 */
export declare function setRecipeValue(text: string, path: readonly string[], value: unknown): TextEdit | null;
