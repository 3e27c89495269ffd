import { message } from '../../../common/message';
import { type Entry, fact, numberAt, setting, textAt, valueAt } from './entry';
import { KEYS } from './keys';

export const diskFull: Entry = (failure, context) => {
  const limit = numberAt(context, KEYS.saveLimit);
  const saves = valueAt(context, KEYS.saveStrategy) !== 'no' && (limit === null || limit > 1);
  return {
    title:
      failure.facts['quota'] === true
        ? message('Your share of the disk is used up: {0}', failure.message)
        : message('The disk is full: {0}', failure.message),
    remedies: [
      message('Free some space; checkpoints of old runs and ~/.cache/huggingface are usually the largest.'),
      message('Keep fewer checkpoints with save_total_limit: 1 in train.environment.'),
    ],
    fixes:
      context.recipe !== null && saves ? [setting(KEYS.saveLimit, 1, message('keeps the newest checkpoint only'))] : [],
  };
};

export const missingFile: Entry = (failure, context) => {
  const resume = failure.recipePath.at(-1) === 'resume_from_checkpoint';
  const template = failure.recipePath.at(-1) === 'chat_template';
  return {
    title: message('A file is missing: {0}', fact(failure, 'path') ?? failure.message),
    remedies: [message('Correct the path. Relative paths start in the folder of the recipe.')],
    fixes: [
      ...(resume ? [setting(KEYS.resume, null, message('starts from the beginning'))] : []),
      ...(template && textAt(context, KEYS.chatTemplate) !== null
        ? [setting(KEYS.chatTemplate, null, message('the template that the tokenizer brings'))]
        : []),
    ],
  };
};

export const permissionDenied: Entry = (failure) => ({
  title:
    failure.facts['readOnly'] === true
      ? message('This place can only be read: {0}', fact(failure, 'path') ?? failure.message)
      : message('No permission: {0}', fact(failure, 'path') ?? failure.message),
  remedies: [
    message('Choose a folder that you may write to, or change the permissions of this one.'),
    message('Close other programs that have the file open.'),
  ],
  fixes: [],
});

export const outputInUse: Entry = (failure, context) => {
  const save = failure.recipePath[0] === 'save';
  const now = textAt(context, save ? KEYS.saveTo : KEYS.outputDir);
  const other = now === null ? [] : [setting(save ? KEYS.saveTo : KEYS.outputDir, nextName(now))];
  const place = fact(failure, 'path') ?? failure.message;
  const pid = fact(failure, 'pid');
  return {
    title:
      pid === null
        ? message('Another run writes into {0} now.', place)
        : message('Another run, process {1}, writes into {0} now.', place, pid),
    remedies: [
      message('Wait for its end, or stop it in the list of runs: two runs would destroy each other’s files.'),
      message('Or give this run a folder of its own.'),
    ],
    fixes: other,
  };
};

/** ./out → ./out-2 → ./out-3 */
export function nextName(folder: string): string {
  const bare = folder.replace(/[\\/]+$/, '');
  const found = /^(.*)-(\d+)$/s.exec(bare);
  return found === null ? `${bare}-2` : `${found[1]}-${Number(found[2]) + 1}`;
}
