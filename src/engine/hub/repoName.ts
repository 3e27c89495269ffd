import { type Message, message } from '../../common/message';
import { isHubName } from '../model/hubSettings';

const LONGEST = 96;

/**
 * Why the Hub would refuse this name of a repository; null: it wouldn't. The rules are huggingface_hub's (utils/_validators.py,
 * validate_repo_id), each told by itself; the namespace may be left out.
 */
export function repoNameProblem(name: string): Message | null {
  const parts = name.split('/');
  const repository = parts.at(-1) ?? '';
  if (name === '') return message('Write a name, such as my-adapter or user/my-adapter.');
  if (parts.length > 2) return message('A name has one / at most: user/my-adapter.');
  if (parts.includes('')) return message('Something is missing beside the /: write user/my-adapter.');
  if (/[^\w\-./]/.test(name)) return message('The Hub allows letters without accents, digits, and - _ . only.');
  const long = parts.find((part) => part.length > LONGEST);
  if (long !== undefined) return message('The Hub allows {0} characters; these are {1}.', LONGEST, long.length);
  if (name.includes('--') || name.includes('..')) return message('The Hub allows neither -- nor .. in a name.');
  if (parts.some((part) => /^[-.]|[-.]$/.test(part))) return message('A name can’t begin or end with - or a dot.');
  if (repository.endsWith('.git')) return message('A name can’t end with .git.');
  return isHubName(name) ? null : message('The Hub doesn’t allow this name.');
}

/** What is left of a text that may name a repository: of a recipe's name, such as "Yoda (4-bit)". */
export function asRepoName(text: string): string {
  const kept = text
    .normalize('NFKD')
    .replace(/[^\w\-. ]+/g, '')
    .replace(/ +/g, '-')
    .replace(/-{2,}/g, '-')
    .replace(/\.{2,}/g, '.')
    .slice(0, LONGEST)
    .replace(/^[-.]+|[-.]+$/g, '')
    .replace(/\.git$/, '');
  return repoNameProblem(kept) === null ? kept : 'adapter';
}
