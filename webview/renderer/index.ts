import type { ActivationFunction } from 'vscode-notebook-renderer';
import type { RendererMessage } from '../../src/protocol/outputs';
import { Picture } from './picture';

/**
 * Entry point of the notebook renderer. The editor calls renderOutputItem again with the same element when an output is
 * replaced, so each element keeps its picture, which patches itself.
 */
export const activate: ActivationFunction = (context) => {
  const pictures = new Map<string, Picture>();
  const post = context.postMessage?.bind(context);
  const send = post === undefined ? null : (message: RendererMessage): void => post(message);
  return {
    renderOutputItem(item, element) {
      let picture = pictures.get(item.id);
      if (picture === undefined || picture.element !== element) {
        picture?.dispose();
        picture = new Picture(element, send);
        pictures.set(item.id, picture);
      }
      picture.show(() => item.json());
    },
    disposeOutputItem(id) {
      const ended = id === undefined ? [...pictures.keys()] : [id];
      for (const key of ended) {
        pictures.get(key)?.dispose();
        pictures.delete(key);
      }
    },
  };
};
