import type { RowForm } from '../../core/data/problems/form';
import { RowTokens } from '../../core/data/problems/rowTokens';
import { TokensError } from '../../core/tokens/tokensError';
import type { ResolvedRecipe } from '../../protocol/trainer';

/**
 * What makes tokens of rows as this recipe does. Null where that can't be done here (no tokenizer, no template, …): the
 * recipe's own problems say why.
 */
export async function rowTokensOf(
  recipe: ResolvedRecipe | null,
  form: RowForm | null,
  signal: AbortSignal,
): Promise<RowTokens | null> {
  if (recipe === null || form === null) return null;
  const { openLook } = await import('../tokens/openLook');
  try {
    const { looked } = await openLook(recipe, null, { signal, env: process.env });
    return RowTokens.of(looked, form);
  } catch (error) {
    if (error instanceof TokensError) return null;
    throw error;
  }
}
