import type { RecipeColumns } from '../../core/data/problems/form';
import type { ResolvedRecipe } from '../../protocol/trainer';

/** The recipe's `data.columns`. */
export function columnsOf({ sections }: ResolvedRecipe): RecipeColumns {
  const written = sections.data['columns'];
  const column = (role: keyof RecipeColumns): string | null => {
    if (typeof written !== 'object' || written === null) return null;
    const name: unknown = Reflect.get(written, role);
    return typeof name === 'string' ? name : null;
  };
  return {
    prompt: column('prompt'),
    completion: column('completion'),
    system: column('system'),
    messages: column('messages'),
  };
}
