import { roleNamed } from '../../../src/core/data/roleNames';
import type { Role } from '../../../src/protocol/dataset';
import { roleName } from '../../shared/roleName';
import { select } from '../../shared/select';
import type { Words } from '../../shared/words';

export const ROLES: readonly Role[] = ['system', 'user', 'assistant', 'tool'];

/** What a name of the file is here. One that is known by itself (human, gpt) needs no choice, and always has a role. */
export function roleSelect(
  name: string,
  chosen: Role | undefined,
  words: Words,
  act: (role: Role | null) => void,
): unknown {
  const { t } = words;
  const known = roleNamed(name);
  const none = known === null ? [{ value: '', label: t('(choose a role)') }] : [];
  const roles = ROLES.map((role) => ({ value: role, label: roleName(role, words) }));
  return select(t('Role of {0}', name), chosen ?? known ?? '', [...none, ...roles], (value) =>
    act(ROLES.find((role) => role === value) ?? null),
  );
}
