// Whether an answer is Yoda's. A rule for a picture of four prompts; tools/sample/judge.py is the one for figures.
const TIC = /(?:Yes, hrrrm|Hrmmm|Hmm|Yes, yes|No, no)[.?]/gi;

const words = (text) => text.toLowerCase().match(/[\w']+/g) ?? [];

/** A tic, and without it one sentence turned around at a comma that is not the prompt again. */
export function isYodas(prompt, answer) {
  const bare = answer.replaceAll(TIC, '').trim();
  const same = words(bare).join(' ') === words(prompt).join(' ');
  return bare !== answer.trim() && bare.includes(',') && !same;
}
