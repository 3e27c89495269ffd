// The curves of a run directory that the test writes: what the panel's page is told, and that it gets it as it was.
import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import { formatMessage } from '../../../src/common/message';
import { FollowedRuns } from '../../../src/features/curves/followedRuns';
import { createPanel } from '../../../src/platform/webviewPanel';
import type { CurvesUpdate } from '../../../src/protocol/curvesPanel';
import { ENDS, hello, tell, trains, writeRun } from '../fakeRuns';
import { closeAll, extension, until } from '../support';

const point = (trainStep: number, values: object): object => ({
  ...trains(trainStep, 1).at(-1),
  learningRate: null,
  gradNorm: null,
  ...values,
});

suite('the curves', () => {
  const written: string[] = [];
  const write = async (id: string, events: readonly object[]): Promise<string> => {
    const directory = await writeRun({ id, events });
    written.push(directory);
    return directory;
  };

  suiteSetup(() => extension().activate());
  teardown(async () => {
    await closeAll();
    for (const directory of written.splice(0)) await rm(directory, { recursive: true, force: true });
  });

  test('a command opens one tab for a set of runs, which the page fills', async () => {
    const one = await write('20260103-101500-curves', [hello(), ...trains(3, 2.5), ...ENDS]);
    const two = await write('20260103-101600-curves', [hello(), ...trains(4, 2)]);
    await vscode.commands.executeCommand('tunebook.openRun', one);
    // By its folder's name at first; by its recipe's and the time once the page has asked.
    const tab = await until('the title that the page brings', () => tabs().find(({ label }) => /yoda · /.test(label)));
    assert.match(tab.label, /^Curves: yoda · /);
    await vscode.commands.executeCommand('tunebook.openRun', one);
    assert.equal(tabs().length, 1);
    await vscode.commands.executeCommand('tunebook.compareRuns', { kind: 'run', directory: one }, [
      { kind: 'run', directory: one },
      { kind: 'run', directory: two },
    ]);
    await until('a tab for both', () => tabs().some(({ label }) => label.endsWith('+1')));
    assert.equal(tabs().length, 2);
  });

  test('all of a run first, then what its trainer adds', async () => {
    const directory = await write('20260103-101700-curves', [
      hello(process.pid),
      ...trains(1, 3),
      point(2, { loss: 2 }),
    ]);
    const updates: CurvesUpdate[] = [];
    let watched = true;
    const runs = new FollowedRuns({
      say: formatMessage,
      words: { language: 'en', translations: {} },
      tell: async (update) => void updates.push(update),
      compared: () => {},
      isWatched: () => watched,
    });
    try {
      await runs.follow([directory]);
      const { runs: shown, comparison } = await runs.picture();
      assert.equal(comparison, null);
      assert.deepEqual([...shown[0]!.columns.loss], [3, 2]);
      assert.equal(shown[0]!.facts.totalSteps, 270);
      assert.match(shown[0]!.facts.name, /^yoda · /);

      await tell(directory, point(2, { loss: null, evalLoss: 2.5 }), point(3, { loss: 'NaN' }));
      const news = await until('the news', () => updates.find(({ columns }) => columns.trainStep.length > 0));
      assert.equal(news.keep, 1);
      assert.deepEqual([...news.columns.trainStep], [2, 3]);
      assert.deepEqual([...news.columns.evalLoss], [2.5, Number.NaN]);
      assert.deepEqual([...news.columns.loss], [2, Number.POSITIVE_INFINITY]);
      assert.deepEqual(
        news.facts.markers.map(({ kind, text }) => [kind, text]),
        [['nonFinite', 'loss is NaN']],
      );

      // Nobody looks: nothing is told, and nothing is missing afterwards.
      watched = false;
      const told = updates.length;
      await tell(directory, point(4, { loss: 1 }), ...ENDS);
      await until('the end', () => runs.runs[0]?.facts.status === 'done');
      assert.equal(updates.length, told);
      assert.deepEqual([...(await runs.picture()).runs[0]!.columns.trainStep], [1, 2, 3, 4]);

      await rm(directory, { recursive: true });
      const note = await until('the word of a folder that is gone', () => runs.runs[0]?.facts.note);
      assert.match(note, /isn’t there any more/);
      assert.equal(runs.runs[0]!.whole().columns.trainStep.length, 4);
    } finally {
      runs.dispose();
    }
  });

  test('columns reach a page as they are: numbers in double precision, NaN and Infinity too', async () => {
    const panel = createPanel(extension().extensionUri, {
      name: 'curves',
      title: 'columns',
      subject: vscode.Uri.file('/columns'),
      restored: null,
    });
    try {
      panel.webview.html = `<html><head></head><body><script>
        const api = acquireVsCodeApi();
        window.addEventListener('message', ({ data }) => api.postMessage({
          isArray: data.params.loss instanceof Float64Array,
          bytes: data.params.loss.buffer.byteLength,
          values: [...data.params.loss].map(String),
        }));
        api.postMessage('ready');
      </script></body></html>`;
      const answers: unknown[] = [];
      panel.webview.onDidReceiveMessage((answer: unknown) => answers.push(answer));
      await until('the page', () => answers.includes('ready'));
      const loss = new Float64Array([1 / 3, Number.NaN, Number.POSITIVE_INFINITY, 2_651_070_000.5]);
      await panel.webview.postMessage({ params: { loss } });
      const got = await until('its answer', () => answers[1]);
      assert.deepEqual(got, { isArray: true, bytes: 32, values: [...loss].map(String) });
    } finally {
      panel.dispose();
    }
  });
});

function tabs(): readonly vscode.Tab[] {
  return vscode.window.tabGroups.all
    .flatMap((group) => group.tabs)
    .filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('tunebook.curves'));
}
