import { assertNever } from '../../src/common/assertNever';
import type { Role } from '../../src/protocol/dataset';
import type { Words } from './words';

export function roleName(role: Role, { t }: Words): string {
  switch (role) {
    case 'system':
      return t('system');
    case 'user':
      return t('user');
    case 'assistant':
      return t('assistant');
    case 'tool':
      return t('tool');
    default:
      return assertNever(role);
  }
}
