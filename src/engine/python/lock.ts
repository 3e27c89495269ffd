/** The pins of trainer/requirements.lock: lower-case package name → exact version. */
export function lockedVersions(lock: string): ReadonlyMap<string, string> {
  const pins = new Map<string, string>();
  for (const line of lock.split(/\r?\n/)) {
    const found = /^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;#]+)/.exec(line.trim());
    if (found?.[1] !== undefined && found[2] !== undefined) pins.set(found[1].toLowerCase(), found[2]);
  }
  return pins;
}

/** The packages whose version decides how a run behaves: what an environment is checked for. */
export const CORE_PACKAGES = [
  'torch',
  'transformers',
  'trl',
  'peft',
  'accelerate',
  'datasets',
  'bitsandbytes',
] as const;

export interface Mismatch {
  readonly package: string;
  readonly wanted: string;
  /** null: not installed. */
  readonly found: string | null;
}

/** What an interpreter lacks of the lock. A local version such as +cpu or +cu130 fits the plain pin. */
export function mismatches(lock: string, installed: Readonly<Record<string, string | null>>): readonly Mismatch[] {
  const pins = lockedVersions(lock);
  return CORE_PACKAGES.flatMap((name) => {
    const wanted = pins.get(name);
    const found = installed[name] ?? null;
    return wanted === undefined || found?.split('+')[0] === wanted.split('+')[0]
      ? []
      : [{ package: name, wanted, found }];
  });
}
