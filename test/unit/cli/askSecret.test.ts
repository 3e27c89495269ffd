import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { askSecret } from '../../../src/cli/askSecret';

test('what is typed for a secret is drawn nowhere, and Ctrl-C declines', async () => {
  for (const [typed, answer] of [
    ['hf_typed\r', 'hf_typed'],
    ['hf_ty\u0003', ''],
  ] as const) {
    const input = new PassThrough();
    let drawn = '';
    const answered = askSecret(input, { write: (text: string) => (drawn += text) })('Token: ');
    input.write(typed);
    expect(await answered).toBe(answer);
    expect(drawn).toBe('Token: \n');
  }
});
