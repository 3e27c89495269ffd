import { type Message, message } from '../../../common/message';
import type { Failure } from '../../../protocol/trainer';
import {
  type Entry,
  fact,
  type FailureContext,
  gigabytes,
  numberAt,
  numberFact,
  type RecipeFix,
  setting,
} from './entry';
import { KEYS } from './keys';
import { lessMemory } from './lessMemory';

export const outOfMemory: Entry = (failure, context) => {
  const { recipePath, facts } = failure;
  const fixes = fixesFor(failure, context);
  const remedies: Message[] = [];
  if (facts['noBatchFits'] === true)
    remedies.push(
      message('Not even one row at a time fits: shorter rows, 4-bit weights or a smaller model are what is left.'),
    );
  if (fixes.length > 0)
    remedies.push(message('Take the first of the changes below: it is the one that costs least for what is missing.'));
  else if (recipePath[0] === 'train')
    remedies.push(
      message('Halve per_device_train_batch_size and double gradient_accumulation_steps: the result stays the same.'),
      message('Set gradient_checkpointing: true in train.memory: less memory for about a third more time.'),
    );
  if (isFragmented(failure))
    remedies.push(
      message(
        'Much of it lies in pieces that are too small: start the editor with PYTORCH_CUDA_ALLOC_CONF=expandable_segments:True.',
      ),
    );
  remedies.push(message('Close other programs that use the same memory, or take a smaller model.'));
  return { title: titleOf(failure), remedies, fixes };
};

export const killedBySystem: Entry = (failure, context) => ({
  title: killedTitle(failure),
  remedies: [
    message('Close other programs, or move to a computer with more memory.'),
    message(
      'On Linux, dmesg tells whether it was the kernel’s out-of-memory killer; a container has a limit of its own.',
    ),
    message('What was saved up to the last checkpoint is there: go on from it with resume_from_checkpoint: true.'),
  ],
  fixes: [...fewerProcesses(context), ...lessMemory(context, 'training', null)].slice(0, 5),
});

function titleOf(failure: Failure): Message {
  const needed = numberFact(failure, 'requiredBytes');
  const free = numberFact(failure, 'freeBytes');
  if (failure.facts['noBatchFits'] === true)
    return message('Out of memory at every batch size that auto_find_batch_size tried, down to one row.');
  return needed !== null && free !== null
    ? message('Out of memory: {0} GB more were needed, {1} GB were free.', gigabytes(needed), gigabytes(free))
    : message('Out of memory: {0}', failure.message);
}

function fixesFor(failure: Failure, context: FailureContext): readonly RecipeFix[] {
  const step = failure.recipePath[0];
  const missing = Math.max(0, (numberFact(failure, 'requiredBytes') ?? 0) - (numberFact(failure, 'freeBytes') ?? 0));
  if (step === 'model') return lessMemory(context, 'weights', missing);
  if (step === 'generate') {
    const now = numberAt(context, KEYS.newTokens);
    return now === null || now < 2 ? [] : [setting(KEYS.newTokens, Math.ceil(now / 2))];
  }
  if (step === 'lora') {
    const now = numberAt(context, KEYS.rank);
    return now === null || now < 2 ? [] : [setting(KEYS.rank, Math.min(16, Math.ceil(now / 2)))];
  }
  if (step !== 'train') return [];
  const tried = failure.facts['noBatchFits'] === true;
  return lessMemory(context, 'training', missing).filter(
    ({ changes }) => !tried || !changes.some(({ path }) => path.at(-1) === 'per_device_train_batch_size'),
  );
}

/** PyTorch keeps more unused than was asked for. */
function isFragmented(failure: Failure): boolean {
  const needed = numberFact(failure, 'requiredBytes');
  const unused = numberFact(failure, 'unallocatedBytes');
  return needed !== null && unused !== null && unused > needed;
}

/** Each process that prepares or loads rows holds memory of its own. */
function fewerProcesses(context: FailureContext): readonly RecipeFix[] {
  const fixes: RecipeFix[] = [];
  if ((numberAt(context, KEYS.processes) ?? 0) > 1) fixes.push(setting(KEYS.processes, null));
  if ((numberAt(context, KEYS.loaders) ?? 0) > 0) fixes.push(setting(KEYS.loaders, 0));
  return fixes;
}

export const trainerCrashed: Entry = (failure, context) => {
  if (fact(failure, 'spoken') !== null)
    return {
      title: message('The trainer and Tunebook don’t understand each other: {0}', failure.message),
      remedies: [
        message(
          'Restart the trainer: one of another version may have been at work. If that doesn’t help, update Tunebook.',
        ),
      ],
      fixes: [],
    };
  return {
    title: message('The trainer ended without a word: {0}', failure.message),
    remedies: [
      message('Look at the log: its last lines tell what happened.'),
      message('Often the system ended it for lack of memory: lower per_device_train_batch_size or max_length.'),
    ],
    fixes: lessMemory(context, 'training', null).slice(0, 2),
  };
};

/** How it ended the parent alone is told: another host than the one that started the trainer doesn't know. */
function killedTitle(failure: Failure): Message {
  const ranOut = failure.facts['memoryRanOut'] === true;
  const [signal, code] = [fact(failure, 'signal'), fact(failure, 'exitCode')];
  if (signal === null && code === null)
    return ranOut
      ? message('The computer’s memory ran out: the system ended the trainer.')
      : message('The system ended the trainer, most likely because the memory was full.');
  const how = signal ?? `exit code ${code}`;
  return ranOut
    ? message('The computer’s memory ran out: the system ended the trainer ({0}).', how)
    : message('The system ended the trainer ({0}), most likely because the memory was full.', how);
}
