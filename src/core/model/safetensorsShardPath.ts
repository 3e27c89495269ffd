import { message } from '../../common/message';
import { clipped, Refused } from './safetensorsTrouble';

const MOST_CHARACTERS = 500;

/**
 * The file that an index names, within the model's folder; in a folder below it too, as transformers joins the names. What leads
 * out of the folder is refused wherever it may lead. Throws Refused.
 */
export function shardPath(written: string, tensor: string, index: string): string {
  const names = [index, clipped(written), clipped(tensor)];
  // A backslash and a drive lead away on Windows alone; a control character is in no published name.
  if (/^[\\/~]|^[a-z]:|\\/i.test(written) || written.split('/').includes('..'))
    throw new Refused(message('{0}: {1}, the file of the tensor {2}, leads out of the model’s folder.', ...names));
  if (/\p{Cc}/u.test(written) || written.length > MOST_CHARACTERS)
    throw new Refused(message('{0}: {1}, the file of the tensor {2}, is no name of a file.', ...names));
  if (!written.endsWith('.safetensors'))
    throw new Refused(
      message('{0}: {1}, the file of the tensor {2}, is no .safetensors file; others are never opened.', ...names),
    );
  return written
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}
