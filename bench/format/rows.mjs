import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

/** Rows in the form of alpaca, a third of them with an input: about 330 bytes each, with accents, line ends and quotes. */
export async function writeRows(file, count) {
  const stream = createWriteStream(file);
  for (let first = 0; first < count; first += 1000) {
    let text = '';
    for (let row = first; row < Math.min(count, first + 1000); row++) text += `${JSON.stringify(rowOf(row))}\n`;
    if (!stream.write(text)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
}

function rowOf(row) {
  return {
    id: row,
    instruction: `Rewrite sentence ${row} as Master Yoda would say it, and keep “names” as they are.`,
    input: row % 3 === 0 ? `The café near station ${row % 997} opens at ${row % 24}:00.\nIt closes late.` : '',
    output: `At ${row % 24}:00 opens, the café near station ${row % 997} does, hmm. Late it closes, yes. "Hmm." 日本語 ${row}`,
  };
}
