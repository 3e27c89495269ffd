import * as fc from 'fast-check';
import { getNodeValue, parseTree, type Node } from 'jsonc-parser';
import { expect, test } from 'vitest';
import { chatLine } from '../../../../src/core/data/convert';
import type { SourceRow } from '../../../../src/core/data/sourceRow';
import type { Mapping } from '../../../../src/protocol/dataset';
import { columns, jsonRow, openAi, shareGpt } from './rowOf';

/** Any UTF-16: lone surrogates, NUL, line separators. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
  fc.constantFrom('\ud83d', '\udc00x', '\u2028', '\\', '"', '\\"', '日本\r\n', '[{"a"', '}}'),
);
const spoken = text.filter((value) => /\S/.test(value));
/** A JSON string as it may be written: some characters escaped that need not be. */
const written = text.chain((value) =>
  fc.boolean().map((ascii) => {
    const json = JSON.stringify(value);
    return ascii
      ? json.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      : json;
  }),
);
const number = fc.oneof(
  fc.constantFrom('1.0', '-0', '1e400', '12345678901234567890', '1E+2', '0.10', '-0.0e-0', '3.14159265358979323846'),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => JSON.stringify(value)),
);
const key = fc
  .oneof(fc.constantFrom('2', '1', '10', '__proto__', 'constructor', '', 'a"b', 'é'), text)
  .map((value) => JSON.stringify(value));
const blank = fc.constantFrom('', ' ', '\t', '  ');

/** JSON text with numbers, keys and blanks as no serialiser would write them. */
const { value: json } = fc.letrec<{ value: string; list: string; object: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    written,
    number,
    fc.constantFrom('null', 'true', 'false'),
    tie('list'),
    tie('object'),
  ),
  list: fc
    .tuple(fc.array(tie('value'), { maxLength: 4 }), blank)
    .map(([items, gap]) => `[${gap}${items.join(`${gap},`)}${gap}]`),
  object: fc
    .tuple(fc.uniqueArray(fc.tuple(key, tie('value')), { maxLength: 4, selector: ([name]) => name }), blank)
    .map(
      ([members, gap]) => `{${members.map(([name, value]) => `${gap}${name}${gap}:${gap}${value}`).join(',')}${gap}}`,
    ),
}));
const object = fc
  .uniqueArray(fc.tuple(key, json), { maxLength: 5, selector: ([name]) => name })
  .map((members) => `{${members.map(([name, value]) => `${name}: ${value}`).join(', ')}}`);

function lineOf(row: SourceRow, mapping: Mapping): string {
  const line = chatLine(row, mapping);
  if (!line.ok) throw new Error(JSON.stringify(line.error));
  return line.value;
}

/** The source of a value, found by another parser than the one that is tested. */
function slice(source: string, ...path: (string | number)[]): string {
  let node: Node | undefined = parseTree(source);
  for (const step of path) {
    node =
      typeof step === 'number'
        ? node?.children?.[step]
        : node?.children?.find((member) => member.children?.[0]?.value === step)?.children?.[1];
  }
  if (node === undefined) throw new Error(`no ${path.join('.')}`);
  return source.slice(node.offset, node.offset + node.length);
}

/** As UTF-8 writes it: half a character has no bytes, so it stands as its escape. */
function inUtf8(source: string): string {
  return source.replaceAll(/\p{Surrogate}/gu, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
}

test('texts are the same after a trip through the file', () => {
  fc.assert(
    fc.property(spoken, spoken, text, (user, assistant, system) => {
      const messages = [
        { role: 'system', content: system },
        { role: 'user', content: user },
        { role: 'assistant', content: assistant },
      ];
      const line = lineOf(jsonRow(JSON.stringify({ messages })), openAi);
      expect(line).not.toMatch(/[\n\r]/);
      expect(JSON.parse(Buffer.from(line, 'utf8').toString('utf8'))).toEqual({ messages });
      const turns = messages.map(({ role, content }) => ({ from: role === 'user' ? 'human' : role, value: content }));
      expect(lineOf(jsonRow(JSON.stringify({ conversations: turns })), shareGpt)).toBe(line);
      const row = { s: system, q: user, a: assistant };
      const made: unknown = JSON.parse(lineOf(jsonRow(JSON.stringify(row)), columns('{q}', '{a}', { system: '{s}' })));
      expect(made).toEqual({ messages: /\S/.test(system) ? messages : messages.slice(1) });
    }),
    { numRuns: 500 },
  );
});

test('arguments, definitions and unknown keys are written as the source has them', () => {
  fc.assert(
    fc.property(object, json, json, fc.boolean(), (given, extra, schema, gaps) => {
      const gap = gaps ? ' ' : '';
      const source =
        `{"x":1,${gap}"tools":[{"name":"f","parameters":${schema}}],${gap}"messages":${gap}[{"role":"user","content":"q"},` +
        `{"extra":${extra},"role":"assistant","content":null,"tool_calls":${gap}[{"id":"1","function":{"name":"f","arguments":${given}}}]},` +
        `{"content":"r","role":"tool"${gap}}]}`;
      const line = lineOf(jsonRow(source), openAi);
      const at = ['messages', 1, 'tool_calls', 0, 'function', 'arguments'];
      expect(slice(line, ...at)).toBe(inUtf8(given));
      expect(slice(line, 'messages', 1, 'tool_calls')).toBe(inUtf8(slice(source, 'messages', 1, 'tool_calls')));
      expect(slice(line, 'messages', 1, 'extra')).toBe(inUtf8(extra));
      expect(slice(line, 'tools')).toBe(inUtf8(slice(source, 'tools')));
      expect(line.startsWith('{"messages":[')).toBe(true);
      const node = parseTree(line);
      expect(node).toBeDefined();
      expect(Object.keys(JSON.parse(line) as object)).toEqual(['messages', 'tools']);
    }),
    { numRuns: 500 },
  );
});

test('arguments and definitions that are JSON text stay that text', () => {
  fc.assert(
    fc.property(object, object, (given, definition) => {
      const row = {
        messages: [
          { role: 'user', content: 'q' },
          { role: 'assistant', tool_calls: [{ function: { name: 'f', arguments: given } }] },
        ],
        tools: `[${definition}]`,
      };
      const line = lineOf(jsonRow(JSON.stringify(row)), openAi);
      const node = parseTree(line);
      expect(node).toBeDefined();
      const made = getNodeValue(
        parseTree(slice(line, 'messages', 1, 'tool_calls', 0, 'function', 'arguments'))!,
      ) as string;
      expect(made).toBe(given);
      expect(slice(line, 'tools')).toBe(inUtf8(`[${definition}]`));
    }),
    { numRuns: 300 },
  );
});

test('pretty-printed JSON becomes one line of the same values', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('\n', '\r\n'), (extra, end) => {
      const source = JSON.stringify(
        {
          messages: [
            { role: 'user', content: 'a\nb', extra },
            { role: 'assistant', content: 'c' },
          ],
        },
        null,
        2,
      ).replaceAll('\n', end);
      const line = lineOf(jsonRow(source), openAi);
      expect(line).not.toMatch(/[\n\r]/);
      expect(JSON.parse(line)).toEqual(JSON.parse(source));
    }),
    { numRuns: 300 },
  );
});

test('numbers in a template are as the source writes them', () => {
  fc.assert(
    fc.property(number, written, (value, other) => {
      const line = lineOf(jsonRow(`{"o":${other},"n" : ${value} ,"a":"x"}`), columns('n = {n}', '{a}'));
      expect(JSON.parse(line)).toEqual({
        messages: [
          { role: 'user', content: `n = ${value}` },
          { role: 'assistant', content: 'x' },
        ],
      });
    }),
  );
});

test('of a repeated key the last counts, as everywhere', () => {
  const line = lineOf(
    jsonRow(
      '{"messages":[],"messages":[{"role":"system","role":"user","content":"q","n":1,"n":2.0},{"role":"assistant","content":"a"}]}',
    ),
    openAi,
  );
  expect(line).toBe('{"messages":[{"role":"user","content":"q","n":2.0},{"role":"assistant","content":"a"}]}');
});

test('messages keep the order of their keys', () => {
  const line = lineOf(
    jsonRow('{"conversations":[{"value":"q","from":"human"},{"2":0,"value":"a","1":1,"from":"gpt","weight":1.0}]}'),
    shareGpt,
  );
  expect(line).toBe(
    '{"messages":[{"content":"q","role":"user"},{"2":0,"content":"a","1":1,"role":"assistant","weight":1.0}]}',
  );
});
