import { describe, expect, it } from 'vitest';
import type { TokenFinding } from '../../../../src/protocol/tokenView';
import type { ResolvedRecipe } from '../../../../src/protocol/trainer';
import { findingsOf, ROWS, scene, withFix } from './scene';

const ASSISTANT_ONLY = { train: { data: { assistant_only_loss: true } } };

/** Writes what each says, with marks around what the assistant says and <|end|> outside or inside of them. */
function template(answer: string, prompt = '<|assistant|>\n'): string {
  return `{% for m in messages %}{% if m.role == 'assistant' %}{{ '<|assistant|>\\n' }}${answer}{% else %}{{ '<|user|>\\n' + m.content + '<|end|>\\n' }}{% endif %}{% endfor %}{% if add_generation_prompt %}{{ '${prompt.replace('\n', '\\n')}' }}{% endif %}`;
}

const MARKED = `{% generation %}{{ m.content + '<|end|>' }}{% endgeneration %}`;

async function only(recipe: ResolvedRecipe): Promise<TokenFinding> {
  const findings = await findingsOf(recipe);
  expect(findings).toHaveLength(1);
  return findings[0]!;
}

/** The finding, which each of its fixes mends. */
async function mended(recipe: ResolvedRecipe): Promise<TokenFinding> {
  const finding = await only(recipe);
  expect(finding.fixes.length).toBeGreaterThan(0);
  for (const fix of finding.fixes) {
    const left = await findingsOf(withFix(recipe, fix));
    expect(left.map(({ kind }) => kind)).not.toContain(finding.kind);
  }
  return finding;
}

it('has nothing to say of a recipe that is right', async () => {
  expect(await findingsOf(scene())).toEqual([]);
  expect(await findingsOf(scene({ ...ASSISTANT_ONLY, tokenizer: { chat_template: template(MARKED) } }))).toEqual([]);
});

describe('padding', () => {
  it('that ends a text, by the tokenizer', async () => {
    const finding = await mended(scene({ tokenizer: { pad_token: null } }));
    expect(finding).toMatchObject({
      kind: 'padIsEos',
      severity: 'information',
      recipePath: ['tokenizer', 'pad_token'],
    });
    expect(finding.fixes[0]?.set).toEqual([{ path: ['tokenizer', 'pad_token'], value: '<unk>' }]);
  });

  it('that ends a text, by the recipe', async () => {
    for (const pad of ['<|endoftext|>', '<|end|>', 'no such token'])
      expect(await only(scene({ tokenizer: { pad_token: pad } }))).toMatchObject({ severity: 'error' });
  });
});

describe('end marks', () => {
  it('that the template does not write', async () => {
    const plain = "{% for m in messages %}{{ m.role + ': ' + m.content + '\\n' }}{% endfor %}";
    expect(await only(scene({ tokenizer: { chat_template: plain } }))).toMatchObject({
      kind: 'endOfTurnNotTrained',
      severity: 'warning',
      recipePath: ['tokenizer', 'chat_template'],
    });
  });

  it('outside of the generation marks, which the trainer refuses', async () => {
    const outside = template("{% generation %}{{ m.content }}{% endgeneration %}{{ '<|end|>' }}");
    const finding = await mended(scene({ ...ASSISTANT_ONLY, tokenizer: { chat_template: outside } }));
    expect(finding).toMatchObject({ kind: 'endOfTurnNotTrained', severity: 'error' });
    expect(finding.message.args).toContain('<|end|>');
  });

  it('that every answer loses', async () => {
    const short = { assistant_only_loss: true, max_length: 18 };
    const recipe = scene({ train: { data: short }, tokenizer: { chat_template: template(MARKED) } });
    const finding = (await findingsOf(recipe)).find(({ kind }) => kind === 'endOfTurnNotTrained');
    expect(finding).toMatchObject({ severity: 'error', recipePath: ['train', 'data', 'max_length'] });
    expect(await findingsOf(withFix(recipe, finding!.fixes[0]!))).toEqual([]);
  });

  it('that some rows lack', async () => {
    const rows = [
      {
        messages: [
          { role: 'user', content: 'a' },
          { role: 'assistant', content: 'b' },
        ],
      },
      {
        messages: [
          { role: 'user', content: 'a' },
          { role: 'assistant', content: 'b' },
          { role: 'user', content: 'c' },
        ],
      },
    ];
    const own =
      "{% for m in messages %}{{ m.content }}{% if m.role == 'assistant' %}{{ '<|end|>' }}{% endif %}{% endfor %}";
    const recipe = scene(
      { data: { columns: { prompt: null, completion: null } }, tokenizer: { chat_template: own } },
      { 'rows.jsonl': rows.map((row) => `${JSON.stringify(row)}\n`).join('') },
    );
    expect(await only(recipe)).toMatchObject({ kind: 'rowsWithoutEos', line: 2, message: { args: [1, 2] } });
  });
});

describe('generation marks', () => {
  it('that one of ours has', async () => {
    const finding = await mended(scene(ASSISTANT_ONLY));
    expect(finding).toMatchObject({ kind: 'noGenerationMarks', severity: 'information' });
    expect(finding.message.args).toEqual(['phi3']);
  });

  it('that none of ours has in the same text', async () => {
    const own = template("{{ m.content + '<|end|>' }}");
    const finding = await mended(scene({ ...ASSISTANT_ONLY, tokenizer: { chat_template: own } }));
    expect(finding).toMatchObject({
      kind: 'noGenerationMarks',
      recipePath: ['train', 'data', 'assistant_only_loss'],
    });
  });

  it('that stand around nothing in a row', async () => {
    const silent = template("{{ m.content + '<|end|>' }}{% generation %}{% endgeneration %}");
    const finding = await only(scene({ ...ASSISTANT_ONLY, tokenizer: { chat_template: silent } }));
    expect(finding).toMatchObject({ kind: 'allMasked', severity: 'error', line: 1 });
  });
});

it('says that the tokenizer is larger than the model', async () => {
  const recipe = scene(
    {
      model: { model_name_or_path: './model' },
      tokenizer: { tokenizer_name_or_path: scene().sections.model['model_name_or_path'] },
    },
    { 'model/config.json': '{"text_config": {"vocab_size": 1999}}' },
  );
  const findings = await findingsOf(recipe);
  expect(findings[0]).toMatchObject({ kind: 'vocabularyMismatch', severity: 'error' });
  expect(findings[0]?.message.args).toEqual([2000, 1999]);
});

describe('the generation prompt', () => {
  it('that is no beginning of the training text', async () => {
    const thinking = template(MARKED, '<|assistant|>\n<|system|>');
    const finding = await only(scene({ ...ASSISTANT_ONLY, tokenizer: { chat_template: thinking } }));
    expect(finding).toMatchObject({ kind: 'generationPromptNoPrefix', severity: 'warning', line: 1 });
  });

  it('by which completion_only_loss would count', async () => {
    const thinking = template(MARKED, '<|assistant|>\n<|system|>');
    const recipe = scene({
      train: { data: { completion_only_loss: true } },
      tokenizer: { chat_template: thinking },
    });
    const finding = await only(recipe);
    expect(finding.fixes[0]?.set).toEqual([
      { path: ['train', 'data', 'completion_only_loss'], value: null },
      { path: ['train', 'data', 'assistant_only_loss'], value: true },
    ]);
  });
});

describe('lengths', () => {
  it('beyond max_length', async () => {
    const finding = await mended(scene({ train: { data: { max_length: 20 } } }));
    expect(finding).toMatchObject({ kind: 'truncatedRows', recipePath: ['train', 'data', 'max_length'] });
    // the longest row
    expect(finding.line).toBe(2);
  });

  it('that leave nothing to learn', async () => {
    const short = { ...ASSISTANT_ONLY.train.data, max_length: 3 };
    const findings = await findingsOf(
      scene({ train: { data: short }, tokenizer: { chat_template: template(MARKED) } }),
    );
    expect(findings.map(({ kind, severity }) => [kind, severity])).toContainEqual(['allMasked', 'error']);
    const some = await findingsOf(
      scene({ train: { data: { ...short, max_length: 11 } }, tokenizer: { chat_template: template(MARKED) } }),
    );
    expect(some.map(({ kind, severity }) => [kind, severity])).toContainEqual(['maskedRows', 'warning']);
  });

  it('that packing keeps whole', async () => {
    const packed = { max_length: 20, packing: true, packing_strategy: 'wrapped' };
    expect(await findingsOf(scene({ train: { data: packed } }))).toEqual([]);
  });
});

it('says that packed examples see each other', async () => {
  const packed = { packing: true, packing_strategy: 'bfd' };
  const finding = await mended(scene({ train: { data: packed } }));
  expect(finding).toMatchObject({ kind: 'unsafePacking', severity: 'error' });
});

describe('a template', () => {
  it('that refuses a row', async () => {
    const refusing = "{% if messages|length > 1 %}{{ raise_exception('Only one.') }}{% endif %}";
    const finding = await only(scene({ tokenizer: { chat_template: refusing } }));
    expect(finding).toMatchObject({ kind: 'templateFails', severity: 'error' });
    expect(finding.message.args).toEqual(['Only one.']);
  });

  it('of a file that is not there', async () => {
    expect(await only(scene({ tokenizer: { chat_template: './none.jinja' } }))).toMatchObject({
      kind: 'templateFails',
    });
  });

  it('of a file of Windows', async () => {
    const text = `\ufeff${template(MARKED)}`;
    const recipe = scene({ ...ASSISTANT_ONLY, tokenizer: { chat_template: './own.jinja' } }, { 'own.jinja': text });
    expect(await findingsOf(recipe)).toEqual([]);
  });
});

async function unreadable(
  values: Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, string>> = {},
): Promise<TokenFinding> {
  const finding = await only(scene(values, files));
  expect(finding.kind).toBe('datasetUnreadable');
  return finding;
}

describe('rows', () => {
  it('that are no conversations', async () => {
    const bad = await unreadable({}, { 'rows.jsonl': `${ROWS[0]}{"q": "", "a": "b"}\n` });
    expect(bad).toMatchObject({ severity: 'error', line: 2, recipePath: ['data', 'path'] });
  });

  it('that are no JSON', async () => {
    expect(await unreadable({}, { 'rows.jsonl': `${ROWS[0]}{"q": \n` })).toMatchObject({ line: 2, severity: 'error' });
  });

  it('that are not there', async () => {
    expect(await unreadable({ data: { path: './none.jsonl' } })).toMatchObject({ severity: 'error', line: null });
    expect(await unreadable({}, { 'rows.jsonl': '\n' })).toMatchObject({ severity: 'error' });
  });

  it('of columns that are not there', async () => {
    const finding = await unreadable({ data: { columns: { prompt: 'question' } } });
    expect(finding).toMatchObject({ recipePath: ['data', 'columns', 'prompt'] });
    expect(finding.remedy.args).toEqual(['q, a']);
  });

  it('of the Hub, which the trainer loads', async () => {
    expect(await unreadable({ data: { path: 'someone/rows' } })).toMatchObject({ severity: 'warning' });
  });

  it('that leave none to train on', async () => {
    expect(await unreadable({ data: { eval_split: 3 } })).toMatchObject({ recipePath: ['data', 'eval_split'] });
  });

  it('that completion_only_loss cannot take', async () => {
    const row = {
      messages: [
        { role: 'assistant', content: 'b' },
        { role: 'user', content: 'a' },
      ],
    };
    const values = {
      data: { columns: { prompt: null, completion: null } },
      train: { data: { completion_only_loss: true } },
    };
    expect(await unreadable(values, { 'rows.jsonl': `${JSON.stringify(row)}\n` })).toMatchObject({
      recipePath: ['train', 'data', 'completion_only_loss'],
      line: 1,
    });
  });
});
