import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { build } from 'esbuild';
import { NODE_BUNDLE } from '../nodeBundle';

const ROOT = path.resolve(import.meta.dirname, '../..');
/** One below the project's folder, as dist/cli.cjs is: the program finds the trainer beside it. */
const CLI = path.join(ROOT, 'out', 'cli-under-test.cjs');

/** The command line as it is in the sources now. */
export async function buildCli(): Promise<void> {
  mkdirSync(path.dirname(CLI), { recursive: true });
  // Several files of tests build it at a time, and run it meanwhile: it is replaced as a whole.
  const outfile = `${CLI}.${process.pid}`;
  await build({
    entryPoints: [path.join(ROOT, 'src/cli/main.ts')],
    outfile,
    ...NODE_BUNDLE,
  });
  renameSync(outfile, CLI);
}

/** A folder of a newcomer with the sample's model, rows and recipe. */
export function sampleFolder(): { readonly folder: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'tunebook-train-'));
  const sample = path.join(ROOT, 'samples', 'yoda');
  for (const name of ['base', 'yoda.jsonl', 'yoda.tune.yaml'])
    cpSync(path.join(sample, name), path.join(folder, name), { recursive: true });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Resolves when this text has come on the output. */
  seen(text: string): Promise<void>;
}

export function start(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Running {
  const python = trainerPython();
  const child = spawn(process.execPath, [CLI, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...(python === null ? {} : { TUNEBOOK_PYTHON: python }),
      LC_ALL: 'C',
      NO_COLOR: '1',
      ...env,
    },
  });
  const written = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (written.out += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (written.err += chunk));
  const ended = new Promise<Ended>((resolve) => child.once('close', (code) => resolve({ code, ...written })));
  const seen = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        if (written.out.includes(text)) resolve();
      };
      child.stdout.on('data', look);
      void ended.then(({ err }) => reject(new Error(`ended without ${text}: ${err}`)));
      look();
    });
  return { child, ended, seen };
}

export function run(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return start(args, cwd, env).ended;
}

let found: string | null | undefined;

/** The interpreter that `npm test` has prepared; alone (`npx vitest`) the environment that `tunebook env` knows. */
export function trainerPython(): string | null {
  found ??= process.env['TUNEBOOK_TEST_PYTHON'] || environmentPython();
  return found;
}

function environmentPython(): string {
  const told = execFileSync(process.execPath, [CLI, 'env', '--json'], { encoding: 'utf8' });
  // SAFETY: printed by src/cli/commands/env.ts, which this test builds from.
  return (JSON.parse(told) as { python: string }).python;
}

/** Process ids of trainers that work below `folder` (Linux). */
export function trainersBelow(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((id) => {
      try {
        const command = readFileSync(`/proc/${id}/cmdline`, 'utf8').split('\0');
        return command.includes('tunebook_trainer') && command.some((part) => part.startsWith(folder))
          ? [Number(id)]
          : [];
      } catch {
        return []; // ended meanwhile
      }
    });
}
