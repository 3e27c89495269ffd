import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';

import { structureOf } from './structureReference';

interface Reference {
  readonly config: Record<string, unknown>;
  readonly layerTypes: readonly string[] | null;
}

const file = fileURLToPath(new URL('../../../fixtures/structure/layer_types.json.gz', import.meta.url));
// SAFETY: tools/parity/structure_layer_types_reference.py writes this shape.
const references = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Record<string, Reference>;

describe('kinds of attention of the layers are those of the config class:', () => {
  it.each(Object.entries(references))('%s', (_, { config, layerTypes }) => {
    expect(structureOf(config).layerTypes ?? null).toEqual(layerTypes);
  });
});
