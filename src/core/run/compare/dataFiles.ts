import { message } from '../../../common/message';
import type { ComparedRow } from '../../../protocol/curvesPanel';
import type { EventOf } from '../../../protocol/trainer';
import { type Cell, present, row } from './row';
import type { Speech } from './speech';

type File = EventOf<'dataFiles'>['files'][number];

/** As many hexadecimal digits as git shows: enough to tell files apart by eye. */
const SHOWN_DIGITS = 12;

/** Of each file its path, size and hash. What is the same file under another path, or another under the same, is said. */
export function fileRows(files: readonly (readonly File[])[], speech: Speech): ComparedRow[] {
  const { say, bytes, count } = speech;
  const slots = slotsOf(files);
  return slots.flatMap((slot, index) => {
    const name = slots.length === 1 ? say(message('File')) : say(message('File {0}', index + 1));
    const path = (word: string): string[] => (slots.length === 1 ? [word] : [word, String(index + 1)]);
    return present([
      row(
        { path: path('file'), label: name },
        slot.map((file, run): Cell | null =>
          file === null
            ? null
            : { text: file.path, exact: file.path, key: file.sha256, note: noteOf(file, slot.slice(0, run), speech) },
        ),
      ),
      row(
        {
          path: path('fileBytes'),
          label: slots.length === 1 ? say(message('Size')) : say(message('Size of file {0}', index + 1)),
        },
        slot.map((file) =>
          file === null ? null : { text: bytes(file.bytes), exact: file.bytes, key: count(file.bytes) },
        ),
      ),
      row(
        {
          path: path('sha256'),
          label: slots.length === 1 ? 'SHA-256' : `SHA-256 ${index + 1}`,
          about: say(message('Computed from the file’s content as it was read: equal only where every byte is.')),
        },
        slot.map((file) =>
          file === null ? null : { text: file.sha256.slice(0, SHOWN_DIGITS), exact: file.sha256, key: file.sha256 },
        ),
      ),
    ]);
  });
}

function noteOf(file: File, earlier: readonly (File | null)[], { say }: Speech): string | null {
  const others = earlier.filter((other) => other !== null);
  if (others.some(({ sha256, path }) => sha256 === file.sha256 && path === file.path)) return null;
  if (others.some(({ sha256 }) => sha256 === file.sha256)) return say(message('the same content'));
  if (others.some(({ path }) => path === file.path)) return say(message('changed: the same path, other content'));
  return null;
}

/** Files that correspond: of the same content, else at the same path, else in the same place of the list. */
function slotsOf(files: readonly (readonly File[])[]): (File | null)[][] {
  const slots: (File | null)[][] = [];
  for (const [run, own] of files.entries()) {
    const isFree = (slot: readonly (File | null)[]): boolean => slot[run] === null;
    const put = (file: File, fits: (other: File) => boolean): boolean => {
      const slot = slots.find(
        (candidate) => isFree(candidate) && candidate.some((other) => other !== null && fits(other)),
      );
      if (slot !== undefined) slot[run] = file;
      return slot !== undefined;
    };
    const changed = own.filter((file) => !put(file, ({ sha256 }) => sha256 === file.sha256));
    const others = changed.filter((file) => !put(file, ({ path }) => path === file.path));
    for (const file of others) {
      if (put(file, () => true)) continue;
      const slot = files.map((): File | null => null);
      slot[run] = file;
      slots.push(slot);
    }
  }
  return slots;
}
