import assert from 'node:assert/strict';
import { modelFeature, shows, tick, becomes } from '../layersTree';
import { cellOf, openNotebook, replaced, revertAndCloseAll, writeRecipe } from '../support';

suite('the layers of a recipe, in a workspace that is not trusted', () => {
  teardown(revertAndCloseAll);

  test('a model on this machine is shown, and can be ticked: that runs nothing', async () => {
    const uri = await writeRecipe('layers.tune.yaml');
    const notebook = await openNotebook(uri);
    await shows(uri, 'model');
    await tick('mlp', false);
    await becomes('allLinear', '12/24');
    assert.match(cellOf(notebook, 'lora').document.getText(), /target_modules: \[o_proj, qkv_proj\]/);
  });

  test('the Hub is not asked for a model that a stranger’s recipe names', async () => {
    const uri = await writeRecipe('layers-hub.tune.yaml', (text) =>
      replaced(text, 'model_name_or_path: ./base', 'model_name_or_path: someone/model-that-is-nowhere'),
    );
    const notebook = await openNotebook(uri);
    // Asked in vain, it would be a trouble.
    await shows(uri, 'notHere');
    await notebook.save();
    const { layers } = await modelFeature();
    await shows(uri, 'notHere');
    assert.equal(layers.shown.description, 'someone/model-that-is-nowhere');
  });
});
