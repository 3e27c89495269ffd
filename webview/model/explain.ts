import { assertNever } from '../../src/common/assertNever';
import type { Words } from '../shared/words';
import type { Role } from './map/roles';

export interface Explanation {
  readonly title: string;
  readonly text: string;
}

/** What a part of the model does, for somebody who hears of it for the first time. */
export function explain(role: Role, { t }: Words): Explanation {
  switch (role) {
    case 'embedding':
      return of(
        t('Token embeddings'),
        t(
          'A table with one row for each token of the vocabulary. The way of a token through the model begins with its row.',
        ),
      );
    case 'positions':
      return of(t('Positions'), t('A table with one row for each place, so that the model knows what stands where.'));
    case 'patches':
      return of(
        t('Patches'),
        t('Cuts the picture into small squares and makes one vector of each, as the embeddings do with tokens.'),
      );
    case 'norm':
      return of(
        t('Norm'),
        t(
          'Brings the numbers to a common size before the next step, which keeps training stable. It has few weights and is never quantised.',
        ),
      );
    case 'queryKeyNorm':
      return of(t('Norm of queries or keys'), t('Keeps the scores of attention within bounds.'));
    case 'rotary':
      return of(
        t('Rotary positions'),
        t(
          'Turns queries and keys by an angle that grows with the place in the text: so attention knows how far apart two tokens are. It has no weights.',
        ),
      );
    case 'projector':
      return of(
        t('Projector'),
        t(
          'Turns what the vision tower has seen into vectors of the language model’s width, which then stand among the tokens.',
        ),
      );
    case 'head':
      return of(
        t('Output head'),
        t('Gives every token of the vocabulary a score. The one with the highest is the most likely next token.'),
      );
    case 'linear':
      return of(t('Linear layer'), t('Each number that comes out is a weighted sum of all that go in.'));
    case 'other':
      return of(t('Other weights'), t('A part with weights of its own.'));
    case 'queryKeyValue':
    case 'query':
    case 'key':
    case 'value':
    case 'attentionOutput':
      return explainAttention(role, { t });
    case 'gateUp':
    case 'gate':
    case 'up':
    case 'down':
    case 'activation':
    case 'router':
    case 'expertsIn':
    case 'expertsOut':
      return explainMlp(role, { t });
    default:
      return assertNever(role);
  }
}

function of(title: string, text: string): Explanation {
  return { title, text };
}

type AttentionRole = Extract<Role, 'queryKeyValue' | 'query' | 'key' | 'value' | 'attentionOutput'>;

function explainAttention(role: AttentionRole, { t }: Pick<Words, 't'>): Explanation {
  switch (role) {
    case 'queryKeyValue':
      return {
        title: t('Queries, keys and values'),
        text: t(
          'Makes three vectors of each token: what it looks for (query), what it offers (key) and what it passes on (value).',
        ),
      };
    case 'query':
      return { title: t('Queries'), text: t('What each token looks for in the tokens before it.') };
    case 'key':
      return { title: t('Keys'), text: t('What each token offers to those that look for something.') };
    case 'value':
      return { title: t('Values'), text: t('What each token passes on to those that attend to it.') };
    case 'attentionOutput':
      return {
        title: t('Output of attention'),
        text: t('Mixes what all heads have gathered and writes it back into the stream.'),
      };
    default:
      return assertNever(role);
  }
}

type MlpRole = Extract<Role, 'gateUp' | 'gate' | 'up' | 'down' | 'activation' | 'router' | 'expertsIn' | 'expertsOut'>;

function explainMlp(role: MlpRole, { t }: Pick<Words, 't'>): Explanation {
  switch (role) {
    case 'gateUp':
      return {
        title: t('Gate and up in one'),
        text: t(
          'Widens each token’s vector to look for patterns in it: one half finds them (up), the other says how much each counts (gate).',
        ),
      };
    case 'gate':
      return { title: t('Gate'), text: t('Says how much each pattern that the up layer finds may count.') };
    case 'up':
      return {
        title: t('Up'),
        text: t('Widens each token’s vector to look for patterns in it. Much of what the model knows is kept here.'),
      };
    case 'down':
      return {
        title: t('Down'),
        text: t('Turns the patterns that were found into a vector of the stream’s width, which is added to it.'),
      };
    case 'activation':
      return {
        title: t('Activation'),
        text: t(
          'Lets strong patterns through and holds weak ones back. Without it, layers in a row would be no more than one layer. It has no weights.',
        ),
      };
    case 'router':
      return { title: t('Router'), text: t('Picks the few experts that work on each token.') };
    case 'expertsIn':
      return {
        title: t('Experts, way in'),
        text: t(
          'The first matrices of all experts in one parameter. Each expert is a small MLP; the router picks a few of them for each token.',
        ),
      };
    case 'expertsOut':
      return {
        title: t('Experts, way out'),
        text: t(
          'The last matrices of all experts in one parameter: they turn what was found into a vector of the stream’s width.',
        ),
      };
    default:
      return assertNever(role);
  }
}
