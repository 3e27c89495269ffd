import { expect, it } from 'vitest';
import { memoryTable } from './memoryTable';

it('is the page that npm run memory writes', async () => {
  await expect(memoryTable()).toMatchFileSnapshot('../../../../../docs/memory.md');
});
