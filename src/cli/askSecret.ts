import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** Asks for what nobody may read over a shoulder or in a terminal's history: nothing of it is drawn. Empty where declined. */
export function askSecret(
  input: NodeJS.ReadableStream,
  output: { write(text: string): unknown },
): (question: string) => Promise<string> {
  return (question) =>
    new Promise((resolve) => {
      const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
      // as a terminal it takes the keys raw, so that the system echoes none of them either
      const lines = createInterface({ input, output: nowhere, terminal: true });
      let answer = '';
      lines.once('line', (line) => {
        answer = line;
        lines.close();
      });
      lines.once('SIGINT', () => lines.close());
      lines.once('close', () => {
        output.write('\n');
        resolve(answer);
      });
      output.write(question);
    });
}
