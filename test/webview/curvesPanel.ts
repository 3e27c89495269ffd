import type { Handlers } from '../../src/protocol/channel';
import type { CurvesAsks, CurvesPicture, CurvesTells } from '../../src/protocol/curvesPanel';
import { type Panel, type PanelHarness, type PanelOptions, plain, postPlain } from './panelHarness';

export type Asked = { [K in keyof CurvesAsks]: readonly [K, CurvesAsks[K]['params']] }[keyof CurvesAsks];

/** The curves, with an extension that answers with this picture and writes down what is asked. */
export async function openCurves(
  harness: PanelHarness,
  picture: CurvesPicture,
  options: Omit<PanelOptions<CurvesAsks>, 'handlers'> = {},
): Promise<{ readonly panel: Panel; readonly asked: Asked[] }> {
  const asked: Asked[] = [];
  const note =
    <K extends keyof CurvesAsks>(name: K, result: CurvesAsks[K]['result']) =>
    (params: CurvesAsks[K]['params']) => {
      // SAFETY: name and params belong to one K.
      asked.push([name, params] as unknown as Asked);
      return result;
    };
  const handlers: Handlers<CurvesAsks> = {
    ready: note('ready', picture),
    showRuns: (directories) => {
      asked.push(['showRuns', directories]);
      const runs = picture.runs.filter(({ facts }) => directories.includes(facts.directory));
      return { ...picture, runs };
    },
    chooseRuns: note('chooseRuns', null),
    openRun: note('openRun', null),
    revealRun: note('revealRun', null),
    saveFile: note('saveFile', true),
    stop: note('stop', null),
  };
  const panel = await harness.openPanel<CurvesAsks>('curves', { ...options, handlers });
  await panel.page.locator('h1').waitFor();
  if (picture.runs.some(({ columns }) => columns.trainStep.length > 0)) await drawn(panel);
  return { panel, asked };
}

/** As the extension tells the panel something. */
export async function tell<K extends keyof CurvesTells>(
  { page }: Panel,
  name: K,
  params: CurvesTells[K]['params'],
): Promise<void> {
  await page.evaluate(postPlain, plain({ tunebook: 'ask', id: -1, name, params }));
}

/** How many points the charts of the panel draw, each by its curve. */
export function drawnPoints({ page }: Panel): Promise<Record<string, number>> {
  return page.evaluate(() => {
    const plots = document.querySelector('#app')?.shadowRoot?.querySelectorAll('.plot') ?? [];
    return Object.fromEntries(
      [...plots].map((plot) => [plot.getAttribute('data-curve'), Number(plot.getAttribute('data-points'))]),
    );
  });
}

/** Waits until charts are drawn, at their size. */
async function drawn({ page }: Panel): Promise<void> {
  await page.waitForFunction(() => {
    const plots = [...(document.querySelector('#app')?.shadowRoot?.querySelectorAll('.plot') ?? [])];
    return plots.length > 0 && plots.every((plot) => Number(plot.getAttribute('data-points')) > 0);
  });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
}
