import { readdir, readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { type Message, message } from '../../common/message';
import { isPlainObject } from '../../protocol/shape';
import { LocalFiles } from '../model/localFiles';
import { ModelTroubleError } from '../model/modelTroubleError';
import { HeaderBudget, readShard } from '../model/readShard';
import { isHubName } from '../model/hubSettings';
import { HubError } from './hubError';

export interface PushedFile {
  /** In the repository, with / between folders. */
  readonly path: string;
  readonly file: string;
  readonly bytes: number;
  readonly changedMs: number;
}

export interface LeftOut {
  readonly path: string;
  readonly why: Message;
}

/** What would be pushed of a folder: shown before anything is sent. */
export interface PushPlan {
  readonly folder: string;
  readonly files: readonly PushedFile[];
  readonly bytes: number;
  readonly leftOut: readonly LeftOut[];
  readonly warnings: readonly Message[];
}

const CONFIG = 'adapter_config.json';
const WEIGHTS = 'adapter_model.safetensors';
/** TrainingArguments, by torch.save: Hugging Face's own trainer pushes it. */
const TRAINING_ARGS = 'training_args.bin';
/** What torch.save, pickle and joblib write: loading it runs what is in it. */
const PICKLE = /\.(?:bin|pt|pth|ckpt|pkl|pickle|joblib)$/i;
const HEADER_GUESS_BYTES = 64 * 1024;

/** Throws HubError where the folder holds no whole adapter in safetensors. */
export async function planPush(folder: string, { trainingArgs = false } = {}): Promise<PushPlan> {
  const leftOut: LeftOut[] = [];
  const files: PushedFile[] = [];
  for (const { name, isLink } of await listed(folder, '')) {
    const why = isLink ? message('a link, which is not followed') : reasonToLeaveOut(name, trainingArgs);
    if (why !== null) {
      leftOut.push({ path: name, why });
      continue;
    }
    const file = path.join(folder, name);
    const { size, mtimeMs } = await stat(file);
    files.push({ path: name, file, bytes: size, changedMs: mtimeMs });
  }
  checkPresent(folder, files, leftOut);
  const warnings = warningsAbout(await readConfig(path.join(folder, CONFIG)));
  await checkWeights(folder, files);
  return { folder, files, leftOut, warnings, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

interface Listed {
  readonly name: string;
  readonly isLink: boolean;
}

async function listed(folder: string, below: string): Promise<readonly Listed[]> {
  const entries = await readdir(path.join(folder, below), { withFileTypes: true }).catch((error: unknown) => {
    throw new HubError(
      'folder',
      message('{0} can’t be read: {1}', folder, error instanceof Error ? error.message : String(error)),
      message('Name the folder of a saved adapter.'),
      { cause: error },
    );
  });
  const found: Listed[] = [];
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const name = below === '' ? entry.name : `${below}/${entry.name}`;
    // checkpoints of a training that wrote where it saved: each an adapter of its own, with gigabytes of optimizer states
    const isSkipped = entry.name.startsWith('.') || /^checkpoint-\d+$/.test(entry.name);
    if (entry.isDirectory() && !isSkipped) found.push(...(await listed(folder, name)));
    else if (entry.isFile() || entry.isSymbolicLink() || entry.isDirectory())
      found.push({ name: entry.isDirectory() ? `${name}/` : name, isLink: entry.isSymbolicLink() });
  }
  return found;
}

function reasonToLeaveOut(name: string, trainingArgs: boolean): Message | null {
  const base = path.posix.basename(name);
  if (base.startsWith('.')) return message('hidden');
  if (name.endsWith('/')) return message('a checkpoint');
  if (base === TRAINING_ARGS)
    return trainingArgs ? null : message('a pickle: loading it runs what is in it; pushed only where you choose it');
  return PICKLE.test(base) ? message('a pickle: loading it runs what is in it; safetensors only') : null;
}

function checkPresent(folder: string, files: readonly PushedFile[], leftOut: readonly LeftOut[]): void {
  for (const name of [CONFIG, WEIGHTS]) {
    if (files.some((file) => file.path === name)) continue;
    const pickled = leftOut.find((file) => /^adapter_model\.(?:bin|pt|pth)$/.test(file.path));
    const link = leftOut.find((file) => file.path === name);
    if (name === WEIGHTS && pickled !== undefined)
      throw new HubError(
        'folder',
        message('{0} holds its weights as a pickle, {1}, which is not pushed.', folder, pickled.path),
        message('Save the adapter again: Tunebook and PEFT write adapter_model.safetensors.'),
      );
    throw new HubError(
      'folder',
      link === undefined
        ? message('{0} holds no whole adapter: {1} is missing.', folder, name)
        : message('{0} holds no whole adapter: {1} is a link.', folder, name),
      message('Name the folder of a saved adapter; the save step of a recipe writes one.'),
    );
  }
}

async function readConfig(file: string): Promise<Readonly<Record<string, unknown>>> {
  const parsed = await readFile(file, 'utf8')
    .then(
      (text): unknown => JSON.parse(text),
      (error: unknown) => error,
    )
    .catch((error: unknown) => error);
  if (isPlainObject(parsed) && typeof parsed['peft_type'] === 'string') return parsed;
  throw new HubError(
    'folder',
    parsed instanceof Error
      ? message('{0} can’t be read: {1}', file, parsed.message)
      : message('{0} is no configuration of an adapter: it has no peft_type.', file),
    message('Save the adapter again.'),
  );
}

/** A file that a crash cut off would be refused by whoever loads it. */
async function checkWeights(folder: string, files: readonly PushedFile[]): Promise<void> {
  const bytes = files.find((file) => file.path === WEIGHTS)?.bytes ?? 0;
  try {
    const local = new LocalFiles('folder', folder, () => {});
    await readShard(local, { name: WEIGHTS, bytes, guess: HEADER_GUESS_BYTES }, new HeaderBudget());
  } catch (error) {
    if (!(error instanceof ModelTroubleError)) throw error;
    throw new HubError('folder', error.trouble.message, message('Save the adapter again.'), { cause: error });
  }
}

function warningsAbout({ base_model_name_or_path: base }: Readonly<Record<string, unknown>>): readonly Message[] {
  if (typeof base !== 'string' || base === '')
    return [message('adapter_config.json names no base model: whoever loads the adapter has to know it.')];
  if (isHubName(base) && !base.startsWith('.')) return [];
  return [
    message('The base model is a folder of this machine, {0}: others can’t load the adapter by its name alone.', base),
  ];
}
