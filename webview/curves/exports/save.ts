import { curvesCsv } from '../../../src/core/run/curvesCsv';
import type { CurvesAsks } from '../../../src/protocol/curvesPanel';
import type { Words } from '../../shared/words';
import type { Charts } from '../charts';
import { pictureOf } from './picture';

/** What is shown as a file, for the extension to save. */
export async function exportOf(
  kind: 'png' | 'csv',
  charts: Charts,
  root: HTMLElement,
  words: Words,
): Promise<CurvesAsks['saveFile']['params']> {
  const name = `${fileName(charts)}.${kind}`;
  if (kind === 'png') return { name, base64: await base64Of(await pictureOf(charts, root, words)) };
  const csv = curvesCsv(
    charts.runs.map(({ run }) => ({
      name: run.facts.name,
      directory: run.facts.directory,
      startedAt: run.facts.trainStartedAt,
      columns: run.columns,
    })),
  );
  return { name, base64: await base64Of(new Blob([csv])) };
}

function fileName({ runs }: Charts): string {
  const [first] = runs;
  const name = first?.run.facts.name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-') ?? '';
  return `${name || 'run'}${runs.length > 1 ? `-and-${runs.length - 1}-more` : ''}-curves`;
}

function base64Of(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.addEventListener('load', () => resolve(String(reader.result).replace(/^[^,]*,/, '')));
    reader.addEventListener('error', () => reject(reader.error ?? new Error('The file can’t be made.')));
    reader.readAsDataURL(blob);
  });
}
