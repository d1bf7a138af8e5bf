import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { previewHead } from './preview-text';

const preview = (fileName: string, body: string | Uint8Array, truncated = false) => {
  const head = Buffer.from(body);
  return previewHead(head, { fileName, sizeBytes: truncated ? 1e9 : head.length, truncated }).content;
};

test('a table has the columns and at most a hundred rows of its text, by the delimiter it has', () => {
  const rows = Array.from({ length: 150 }, (_, row) => `${row};"a ""b""; c"`);
  const content = preview('x.csv', ['id;note', ...rows].join('\n'));
  expect(content).toMatchObject({ kind: 'table', delimiter: ';', isPart: true, problems: [] });
  if (content.kind !== 'table') throw new Error(content.kind);
  expect(content.columns.map(({ name }) => name)).toEqual(['id', 'note']);
  expect(content.rows).toHaveLength(100);
  expect(content.rows[7]).toEqual(['7', 'a "b"; c']);
});

test('a gzip file is shown as what is in it', () => {
  expect(preview('x.tsv.gz', gzipSync('a\tb\n1\t2\n'))).toMatchObject({
    kind: 'table',
    delimiter: '\t',
    rows: [['1', '2']],
    isPart: false,
  });
  expect(preview('x.csv.gz', gzipSync('a,b\n1,2\n').subarray(0, 20))).toMatchObject({ kind: 'none' });
});

test('a table that breaks off in a quote is shown as far as it goes, with the reason', () => {
  expect(preview('x.csv', 'a,b\n1,2\n3,"never closed\n')).toMatchObject({ kind: 'table', rows: [['1', '2']] });
});

test('rows longer than the header get a column of their own', () => {
  expect(preview('x.csv', 'a,b\n1,2,3\n')).toMatchObject({ columns: [{ name: 'a' }, { name: 'b' }, { name: '3' }] });
});

test('binary data under a name of a table says so', () => {
  expect(preview('x.csv', new Uint8Array([1, 2, 0, 255, 0]))).toMatchObject({
    kind: 'none',
    problems: [{ code: 'content-unexpected' }],
  });
});

test('JSON is indented without a number being changed, whatever its shape', () => {
  expect(preview('x.json', '{"a":[1.10,12345678901234567890],"b":{}}')).toMatchObject({
    kind: 'json',
    text: '{\n  "a": [\n    1.10,\n    12345678901234567890\n  ],\n  "b": {}\n}',
    isPart: false,
  });
  expect(preview('x.ndjson', '{"a":1}\n{"a":2}\n{"a"', true)).toMatchObject({ kind: 'json', isPart: true });
  expect(preview('x.json', '[{"a":1},{"a"', true)).toMatchObject({ kind: 'json', isPart: true });
});

test('JSON that is none is shown as text, with what is wrong', () => {
  expect(preview('x.json', '[{"a" 1}]')).toMatchObject({ kind: 'text', problems: [{ code: 'json-malformed' }] });
});

test('a page of HTML is a text, and a drawing is an image only by its name', () => {
  const page = '<html><script>alert(1)</script></html>';
  expect(preview('x.html', page)).toMatchObject({ kind: 'text', text: page });
  expect(preview('x.svg', '<svg xmlns="http://www.w3.org/2000/svg"/>')).toEqual({ kind: 'media', as: 'image' });
  expect(preview('x.bin', '%PDF-1.7\n')).toEqual({ kind: 'media', as: 'pdf' });
});

test('long text is cut, and said to be', () => {
  const content = preview('x.log', 'word '.repeat(40_000));
  expect(content).toMatchObject({ kind: 'text', isPart: true });
  expect(content.kind === 'text' && content.text.length).toBe(64 * 1024);
});

test('text with a broken character is still shown', () => {
  expect(preview('x.csv', Buffer.concat([Buffer.from('é,b\n'), Buffer.from([0xff, 0x0a])]))).toMatchObject({
    kind: 'text',
    problems: [{ code: 'encoding-invalid' }],
  });
});
