import { describe, expect, test } from 'vitest';
import { readOverride, withOverrides } from '../../../src/cli/recipe/overrides';
import { Stopped } from '../../../src/cli/stopped';
import { formatMessage } from '../../../src/common/message';

function refused(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof Stopped) {
      expect(error.exitCode).toBe(2);
      return [error.reason, error.remedy].flatMap((words) => (words === null ? [] : formatMessage(words))).join(' ');
    }
    throw error;
  }
  throw new Error('was not refused');
}

describe('--set', () => {
  test('takes a whole path or the end of one, and YAML', () => {
    expect(readOverride('train.training.num_train_epochs=1')).toEqual({
      path: ['train', 'training', 'num_train_epochs'],
      value: 1,
    });
    expect(readOverride('max_steps=4').path).toEqual(['train', 'training', 'max_steps']);
    expect(readOverride('modes=[greedy, sampled]').value).toEqual(['greedy', 'sampled']);
    expect(readOverride('eval_split=null').value).toBeNull();
    expect(readOverride('pad_token="<unk>"').value).toBe('<unk>');
  });

  test('takes keys of a free mapping', () => {
    expect(readOverride('lora.rank_pattern.o_proj=4').path).toEqual(['lora', 'rank_pattern', 'o_proj']);
  });

  test('refuses what is unknown, unclear or no pair, and says so', () => {
    expect(refused(() => readOverride('max_step=4'))).toBe(
      'A recipe has no parameter max_step. Did you mean max_steps?',
    );
    expect(refused(() => readOverride('output_dir=x'))).toBe(
      'output_dir could be train.environment.output_dir, save.output_dir. Write more of it.',
    );
    expect(refused(() => readOverride('max_steps'))).toContain('key=value');
    expect(refused(() => readOverride('modes=[greedy'))).toContain('YAML');
  });

  test('leaves comments and order of the recipe as they are', () => {
    const text = '# why\nmodel:\n  model_name_or_path: ./base # here\ntrain:\n  training:\n    seed: 1\n';
    const changed = withOverrides(text, [readOverride('training.seed=7'), readOverride('max_steps=3')]);
    expect(changed).toBe(
      '# why\nmodel:\n  model_name_or_path: ./base # here\ntrain:\n  training:\n    seed: 7\n    max_steps: 3\n',
    );
  });
});
