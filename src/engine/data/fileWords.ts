import * as path from 'node:path';
import { message, type Message } from '../../common/message';

/** What the operating system refused, in words with a next step; null for errors of another kind. */
export function fileWords(error: unknown, file: string): Message | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  const folder = path.dirname(file);
  switch (error.code) {
    case 'ENOENT':
      return message('There is no file {0}.', file);
    case 'EISDIR':
      return message('{0} is a folder. Name a file in it.', file);
    case 'ENOTDIR':
      return message('{0} can’t be reached: a part of its path is a file, not a folder.', file);
    case 'EACCES':
    case 'EPERM':
      return message('You have no permission for {0}. Change its permissions, or use another folder.', file);
    case 'EROFS':
      return message('{0} can’t be written to: its disk is read-only. Choose another folder.', folder);
    case 'ENOSPC':
      return message('The disk of {0} is full. Free some space, or choose another folder.', folder);
    case 'EDQUOT':
      return message('Your quota on the disk of {0} is used up. Free some space, or choose another folder.', folder);
    case 'EFBIG':
      return message('The disk of {0} doesn’t take files as large as this one. Choose another folder.', folder);
    case 'ENAMETOOLONG':
      return message('The name {0} is too long for its disk. Choose a shorter one.', path.basename(file));
    case 'EMFILE':
    case 'ENFILE':
      return message('Too many files are open, so {0} can’t be opened. Close some programs and try again.', file);
    case 'EBUSY':
      return message('{0} is in use by another program. Close it there and try again.', file);
    case 'EIO':
      return message('The disk reported an error at {0}.', file);
    default:
      return null;
  }
}
