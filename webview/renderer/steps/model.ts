import { html, nothing } from 'lit';
import type { ModelOutput } from '../../../src/protocol/outputs';
import type { EventOf } from '../../../src/protocol/trainer';
import type { Words } from '../../shared/words';
import { figures } from '../parts/figures';
import { layersTable } from '../parts/layersTable';
import { predictedNote } from '../parts/predicted';
import type { StepView, ViewContext } from '../view';

export function modelView(context: ViewContext): StepView<ModelOutput> {
  return {
    render(output) {
      const { words } = context;
      const { t } = words;
      return html`
        ${output.device === null ? nothing : html`<p class="device">${deviceLine(output.device, words)}</p>`}
        ${figures([
          output.footprintBytes === null
            ? null
            : {
                label: t('Memory of the weights'),
                value: words.megabytes(output.footprintBytes),
                note: ['get_memory_footprint()', predictedNote(output.footprintBytes, output.predictedBytes, words)]
                  .filter((part) => part !== null)
                  .join(' · '),
                big: true,
              },
          output.totalParameters === null
            ? null
            : { label: t('Parameters'), value: words.integer(output.totalParameters), big: true },
          output.architecture === null ? null : { label: t('Architecture'), value: output.architecture },
          output.architecture === null
            ? null
            : {
                label: t('Quantization'),
                value: output.quantization ?? t('none, full precision'),
                note: output.dtype === null ? undefined : t('other weights {0}', output.dtype),
              },
        ])}
        ${layersTable(output.layers, output.totalParameters, words)}
      `;
    },
    dispose() {},
  };
}

function deviceLine(device: EventOf<'device'>, words: Words): string {
  const { t } = words;
  return [
    device.count > 1 ? `${device.count} × ${device.name}` : device.name,
    t('{0} of {1} free', words.gibibytes(device.freeMemoryBytes), words.gibibytes(device.memoryBytes)),
    device.bf16 ? 'bfloat16' : t('no bfloat16'),
    device.capability === null ? null : t('compute capability {0}', device.capability),
    device.driver === null ? null : t('driver {0}', device.driver),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}
