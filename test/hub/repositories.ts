import { createHash } from 'node:crypto';

export interface StoredFile {
  readonly content: Buffer;
  readonly isLfs: boolean;
}

export interface TestRepository {
  readonly name: string;
  readonly isPrivate: boolean;
  /** The newest last; each a whole tree. */
  readonly commits: { readonly id: string; readonly title: string; readonly files: ReadonlyMap<string, StoredFile> }[];
}

const ATTRIBUTES = '*.safetensors filter=lfs diff=lfs merge=lfs -text\n*.bin filter=lfs diff=lfs merge=lfs -text\n';

export function newRepository(name: string, isPrivate: boolean): TestRepository {
  const repository: TestRepository = { name, isPrivate, commits: [] };
  commit(repository, 'initial commit', [['.gitattributes', { content: Buffer.from(ATTRIBUTES), isLfs: false }]]);
  return repository;
}

export function commit(
  repository: TestRepository,
  title: string,
  changed: readonly (readonly [string, StoredFile])[],
): string {
  const before = repository.commits.at(-1);
  const id = createHash('sha1').update(`${repository.name} ${repository.commits.length} ${title}`).digest('hex');
  repository.commits.push({ id, title, files: new Map([...(before?.files ?? []), ...changed]) });
  return id;
}

/** At a commit's id, or the branch main. */
export function filesAt({ commits }: TestRepository, revision: string): ReadonlyMap<string, StoredFile> | null {
  const found = ['main', 'HEAD'].includes(revision) ? commits.at(-1) : commits.find(({ id }) => id === revision);
  return found?.files ?? null;
}

export function headOf({ commits }: TestRepository): string {
  return commits.at(-1)?.id ?? '';
}

export function sha256(content: Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}

/** As git names a file: of LFS it keeps a pointer. */
export function gitHash({ content, isLfs }: StoredFile): string {
  const kept = isLfs ? Buffer.from(pointer(content)) : content;
  return createHash('sha1').update(`blob ${kept.length}\0`).update(kept).digest('hex');
}

export function pathInfo(path: string, file: StoredFile): object {
  const { content, isLfs } = file;
  const lfs = { oid: sha256(content), size: content.length, pointerSize: pointer(content).length };
  return { type: 'file', path, size: content.length, oid: gitHash(file), ...(isLfs ? { lfs } : {}) };
}

function pointer(content: Buffer): string {
  return `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256(content)}\nsize ${content.length}\n`;
}
