import { readFile } from 'node:fs/promises';
import { message } from '../../common/message';
import type { PushedFile } from './adapterFiles';
import { asked, type HubClient } from './client';
import { HubError } from './hubError';

/**
 * Asks the Hub whether it takes the model card, as huggingface_hub does before a commit (hf_api.py, _validate_yaml): what it
 * refuses, such as a base_model that is a path, it would refuse only after the weights were sent.
 */
export async function checkCard(client: HubClient, files: readonly PushedFile[]): Promise<void> {
  const card = files.find((file) => file.path === 'README.md');
  if (card === undefined) return;
  const content = await readFile(card.file, 'utf8');
  try {
    await asked(client, () =>
      client.fetch(`${client.endpoint}/api/validate-yaml`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ repoType: 'model', content }),
      }),
    );
  } catch (error) {
    // a mirror that doesn't know this question judges the card with the commit
    if (error instanceof HubError && error.kind === 'missing') return;
    if (!(error instanceof HubError && error.kind === 'refused')) throw error;
    const told = typeof error.cause === 'string' ? error.cause : error.message;
    throw new HubError(
      'refused',
      message('The Hub refuses the model card {0}: {1}', card.file, told),
      message('Change the lines between --- and --- at its top, then push again; nothing was sent.'),
      { cause: error },
    );
  }
}
