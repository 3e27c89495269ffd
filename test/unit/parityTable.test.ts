import { expect, it } from 'vitest';
import { parityTable } from './parityTable';

it('is the page that npm run parity writes', async () => {
  const table = await parityTable();
  expect(table).not.toContain('**different**');
  await expect(table).toMatchFileSnapshot('../../docs/parity.md');
});
