import { stat } from 'node:fs/promises';
import * as path from 'node:path';
import { message } from '../../common/message';
import { isLocalData } from '../../core/recipe/recipePaths';
import { badUsage } from '../stopped';

/** A name of the Hugging Face Hub: owner/name, or a name alone for old ones. */
const HUB_ID = /^[\w.-]+(?:\/[\w.-]+)?$/;

/** As a recipe in `folder` names it: relative where it lies below, else absolute; a name of the Hub as it is. */
export async function placeFor(written: string, folder: string, cwd: string): Promise<string> {
  const file = path.resolve(cwd, written);
  const isLocal = await stat(file).then(
    () => true,
    () => false,
  );
  if (!isLocal) {
    if (HUB_ID.test(written) && !isLocalData(written)) return written;
    throw badUsage(
      message('There is no file or folder {0}.', written),
      message('A name of the Hugging Face Hub looks like owner/name.'),
    );
  }
  const relative = path.relative(folder, file);
  if (relative === '') return '.';
  const below = !relative.startsWith('..') && !path.isAbsolute(relative);
  return below ? `./${relative.split(path.sep).join('/')}` : file;
}
