import type { IncomingHttpHeaders } from 'node:http';
import { isPlainObject } from '../../src/protocol/shape';
import { commit, filesAt, gitHash, headOf, newRepository, pathInfo, sha256, type StoredFile } from './repositories';
import type { TestRepository } from './repositories';
import { GRANTS, whoAmI } from './tokens';
import { type Answer, type LargeFiles, sliced } from './storage';

interface Origins {
  readonly hub: string;
  readonly storage: string;
}

/** The answers of the Hub's API, by moon-landing's behaviour as huggingface_hub and @huggingface/hub take it. */
export class HubApi {
  readonly repositories = new Map<string, TestRepository>();
  /** Larger files are uploaded in parts. */
  partBytes = 1_000_000_000;
  readonly #large: LargeFiles;
  readonly #origins: () => Origins;

  constructor(large: LargeFiles, origins: () => Origins) {
    this.#large = large;
    this.#origins = origins;
  }

  answer(method: string, url: string, headers: IncomingHttpHeaders, body: Buffer): Answer {
    const path = decodeURIComponent(url.replace(/\?.*/, ''));
    const token = headers.authorization?.replace(/^Bearer /, '') ?? '';
    const grant = GRANTS[token];
    if (grant === undefined) return refused(401, 'Invalid credentials in Authorization header');
    if (path === '/api/whoami-v2') return json(whoAmI(grant));
    if (path === '/api/validate-yaml') return checkCard(objectIn(body));
    if (path === '/api/repos/create') return this.#create(objectIn(body));
    const [, name = '', rest = ''] = /^\/(?:api\/models\/)?([\w.-]+\/[\w.-]+?)(?:\.git)?(?:\/(.*))?$/.exec(path) ?? [];
    const repository = this.repositories.get(name);
    if (repository === undefined) return refused(404, 'Repository not found', 'RepoNotFound');
    const [action = '', revision = 'main', ...file] = rest.split('/');
    switch (path.startsWith('/api/') ? `${method} ${action}` : action) {
      case 'GET ':
      case 'GET revision':
        return info(repository, revision);
      case 'POST paths-info':
        return pathsInfo(repository, revision, objectIn(body));
      case 'GET tree':
        return json([...(filesAt(repository, revision) ?? [])].map(([at, stored]) => pathInfo(at, stored)));
      case 'POST preupload':
        return preupload(objectIn(body));
      case 'POST commit':
        return this.#commit(repository, body);
      case 'info':
        return this.#batch(objectIn(body));
      case 'resolve':
        return this.#resolve(repository, revision, file.join('/'), headers);
      default:
        return refused(404, `No such page: ${method} ${path}`);
    }
  }

  #create({ name, organization, visibility, private: isPrivate }: Record<string, unknown>): Answer {
    const full = `${String(organization ?? 'ada')}/${String(name)}`;
    const url = `${this.#origins().hub}/${full}`;
    if (!full.startsWith('ada/') && !full.startsWith('babbage/'))
      return refused(403, `You don't have the rights to create a model under the namespace "${String(organization)}"`);
    if (this.repositories.has(full))
      return { ...json({ error: 'You already created this model repo', url }), status: 409 };
    this.repositories.set(full, newRepository(full, visibility === 'private' || isPrivate === true));
    return json({ url, id: '1', name: full });
  }

  #batch({ objects }: Record<string, unknown>): Answer {
    const answers = listIn(objects).map(({ oid, size }) => {
      const id = String(oid);
      if (this.#large.kept.has(id)) return { oid, size };
      const upload = this.#large.upload(this.#origins().storage, id, Number(size), this.partBytes);
      return { oid, size, actions: { upload, verify: { href: `${this.#origins().hub}/verify` } } };
    });
    const transfer = answers.some(({ size }) => Number(size) > this.partBytes) ? 'multipart' : 'basic';
    return json({ transfer, objects: answers });
  }

  #commit(repository: TestRepository, body: Buffer): Answer {
    const lines = body
      .toString()
      .split('\n')
      .filter(Boolean)
      .map((line): unknown => JSON.parse(line));
    const changed: [string, StoredFile][] = [];
    let title = '';
    for (const { key, value } of listIn(lines)) {
      const said = isPlainObject(value) ? value : {};
      const path = String(said['path']);
      if (key === 'header') {
        title = String(said['summary']);
        const parent = said['parentCommit'];
        if (parent !== undefined && parent !== headOf(repository))
          return refused(412, 'A commit has happened since. Please refresh and try again.');
      } else if (key === 'file')
        changed.push([path, { content: Buffer.from(String(said['content']), 'base64'), isLfs: false }]);
      else if (key === 'lfsFile') {
        const content = this.#large.kept.get(String(said['oid']));
        if (content === undefined)
          return refused(
            400,
            `Your push was rejected because an LFS pointer pointed to a file that does not exist: ${path}`,
          );
        changed.push([path, { content, isLfs: true }]);
      }
    }
    const id = commit(repository, title, changed);
    return json({ success: true, commitOid: id, commitUrl: `${this.#origins().hub}/${repository.name}/commit/${id}` });
  }

  /** Large files lie elsewhere, as on the Hub. */
  #resolve(repository: TestRepository, revision: string, path: string, headers: IncomingHttpHeaders): Answer {
    const file = filesAt(repository, revision)?.get(path);
    if (file === undefined) return refused(404, 'Entry not found', 'EntryNotFound');
    const hash = sha256(file.content);
    const told = { 'X-Repo-Commit': headOf(repository), ETag: `"${file.isLfs ? hash : gitHash(file)}"` };
    if (!file.isLfs) return { ...sliced(file.content, headers.range), headers: told };
    const linked = { 'X-Linked-Etag': `"${hash}"`, 'X-Linked-Size': String(file.content.length) };
    return {
      status: 302,
      headers: { ...told, ...linked, Location: `${this.#origins().storage}/blob/${hash}?signed=1` },
    };
  }
}

function info(repository: TestRepository, revision: string): Answer {
  const files = filesAt(repository, revision);
  if (files === null) return refused(404, 'Invalid rev id', 'RevisionNotFound');
  const { name, isPrivate } = repository;
  const siblings = [...files.keys()].map((rfilename) => ({ rfilename }));
  const lastModified = '2026-01-01T00:00:00.000Z';
  return json({
    _id: '1',
    id: name,
    modelId: name,
    sha: headOf(repository),
    private: isPrivate,
    siblings,
    lastModified,
  });
}

function pathsInfo(repository: TestRepository, revision: string, { paths }: Record<string, unknown>): Answer {
  const files = filesAt(repository, revision);
  const wanted = Array.isArray(paths) ? paths.map(String) : [];
  return json(
    wanted.flatMap((path) => {
      const file = files?.get(path);
      return file === undefined ? [] : [pathInfo(path, file)];
    }),
  );
}

function isLarge(path: string): boolean {
  return /\.(?:safetensors|bin|gguf)$/.test(path);
}

function preupload({ files }: Record<string, unknown>): Answer {
  return json({
    files: listIn(files).map(({ path }) => {
      return { path, uploadMode: isLarge(String(path)) ? 'lfs' : 'regular', shouldIgnore: false };
    }),
  });
}

/** Of what the Hub checks: base_model names a model, no path. */
function checkCard({ content }: Record<string, unknown>): Answer {
  const [, base] = /^---\n[\s\S]*?^base_model: (.+)$[\s\S]*?^---$/m.exec(String(content)) ?? [];
  if (base === undefined || /^[\w.-]+\/[\w.-]+$/.test(base)) return json({ errors: [], warnings: [] });
  const message = `"base_model" with value "${base}" is not valid. Use a model id from https://hf.co/models.`;
  return { ...json({ errors: [{ message }], warnings: [] }), status: 400 };
}

function json(value: unknown): Answer {
  return { status: 200, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(value) };
}

function refused(status: number, error: string, code?: string): Answer {
  const headers = { 'X-Error-Message': error, ...(code === undefined ? {} : { 'X-Error-Code': code }) };
  return { ...json({ error }), status, headers };
}

function objectIn(body: Buffer): Record<string, unknown> {
  const parsed: unknown = JSON.parse(body.toString());
  return isPlainObject(parsed) ? { ...parsed } : {};
}

function listIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  return Array.isArray(value) ? value.filter(isPlainObject) : [];
}
