/** Whose requests the server takes. All are of one person, with other rights. */
export const TOKENS = {
  write: 'hf_writesInTheTest0123456789',
  read: 'hf_readsInTheTest0123456789',
  fine: 'hf_fineGrainedOfTheTest01234',
  narrow: 'hf_narrowOfTheTest0123456789',
} as const;

export const GRANTS: Readonly<Record<string, object>> = {
  [TOKENS.write]: { displayName: 'laptop', role: 'write' },
  [TOKENS.read]: { displayName: 'reader', role: 'read' },
  [TOKENS.fine]: fineGrained(['repo.content.read', 'repo.write']),
  [TOKENS.narrow]: fineGrained(['repo.content.read']),
};

function fineGrained(permissions: readonly string[]): object {
  const scoped = [{ entity: { _id: '1', type: 'user', name: 'ada' }, permissions }];
  return { displayName: 'narrow', role: 'fineGrained', fineGrained: { canReadGatedRepos: false, global: [], scoped } };
}

/** What /api/whoami-v2 says. */
export function whoAmI(accessToken: object): object {
  const orgs = [{ type: 'org', id: '2', name: 'babbage', fullname: 'Babbage' }];
  return { type: 'user', id: '1', name: 'ada', fullname: 'Ada', orgs, auth: { type: 'access_token', accessToken } };
}
