import { message } from '../../../common/message';
import type { ComparedRow } from '../../../protocol/curvesPanel';
import { isPlainObject } from '../../../protocol/shape';
import type { ComparableRun } from '../compareRuns';
import { type Cell, present, row } from './row';
import type { Speech } from './speech';

/** With what the runs were computed: from their logs, else from environment.json. */
export function compareVersions(runs: readonly ComparableRun[], speech: Speech): ComparedRow[] {
  const { say } = speech;
  const machines = runs.map(machineOf);
  const packages = [...new Set(machines.flatMap(({ versions }) => Object.keys(versions)))];
  const from = (pick: (machine: Machine) => unknown, show: (value: unknown) => string | null = plain) =>
    machines.map((machine): Cell | null => {
      const value = pick(machine);
      const text = show(value);
      return text === null ? null : { text, exact: value };
    });
  const memory = (value: unknown): string | null => (typeof value === 'number' ? speech.bytes(value) : null);
  return present([
    row(
      { path: ['device'], label: say(message('Device')) },
      from(({ device }) => device['name']),
    ),
    row(
      { path: ['deviceKind'], label: say(message('Computes on')) },
      from(({ device }) => device['device']),
    ),
    row(
      { path: ['deviceCount'], label: say(message('Number of devices')) },
      from(({ device }) => device['count']),
    ),
    row(
      { path: ['deviceMemoryBytes'], label: say(message('Device memory')) },
      from(({ device }) => device['memoryBytes'], memory),
    ),
    row(
      { path: ['capability'], label: say(message('Compute capability')) },
      from(({ device }) => device['capability']),
    ),
    row(
      { path: ['driver'], label: say(message('Driver')) },
      from(({ device }) => device['driver']),
    ),
    row(
      { path: ['platform'], label: say(message('System')) },
      from(({ platform }) => platform),
    ),
    row(
      { path: ['python'], label: 'Python' },
      from(({ python }) => python),
    ),
    row(
      { path: ['trainer'], label: say(message('Tunebook’s trainer')) },
      from(({ trainer }) => trainer),
    ),
    ...packages.map((name) =>
      row(
        { path: ['versions', name], label: name },
        from(({ versions }) => versions[name]),
      ),
    ),
  ]);
}

interface Machine {
  readonly python: unknown;
  readonly trainer: unknown;
  readonly platform: unknown;
  readonly versions: Readonly<Record<string, unknown>>;
  readonly device: Readonly<Record<string, unknown>>;
}

function machineOf({ state: { hello, device }, environment }: ComparableRun): Machine {
  const told = isPlainObject(environment) ? environment : {};
  // sys.version: "3.11.7 (main, …) [GCC …]"
  const python = typeof told['python'] === 'string' ? told['python'].split(' ')[0] : undefined;
  return {
    python: hello?.python ?? python,
    trainer: hello?.trainer,
    platform: told['platform'],
    versions: hello?.versions ?? (isPlainObject(told['versions']) ? told['versions'] : {}),
    device: device === null ? (isPlainObject(told['device']) ? told['device'] : {}) : { ...device },
  };
}

function plain(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}
