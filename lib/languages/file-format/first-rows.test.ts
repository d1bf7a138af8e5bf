import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { firstRows } from './first-rows.ts';
import { sniff } from './sniff.ts';

const rowsOf = (content: string | Uint8Array, fileName: string, limit?: number) => {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return firstRows(sniff(bytes, { fileName, sizeBytes: bytes.length, truncated: false }), limit);
};

it('shows a delimited file as it stands, with what a short row lacks', () => {
  expect(rowsOf('id;name\n1;"a;b"\n2\n3;c;extra\n', 'a.csv')).toEqual({
    columns: ['id', 'name'],
    rows: [
      ['1', 'a;b'],
      ['2', null],
      ['3', 'c', 'extra'],
    ],
  });
});

it('shows no more rows than asked for, of a packed file too', () => {
  const text = `n,square\n${Array.from({ length: 50 }, (_, n) => `${n},${n * n}`).join('\n')}\n`;
  expect(rowsOf(gzipSync(text), 'a.csv.gz').rows).toHaveLength(20);
  expect(rowsOf(text, 'a.csv', 2).rows).toEqual([
    ['0', '0'],
    ['1', '1'],
  ]);
});

it('makes columns of the keys of JSON objects, in the order in which they come', () => {
  expect(rowsOf('{"a":1,"b":null}\n{"b":{"c":[2]},"d":"x"}\n', 'a.ndjson')).toEqual({
    columns: ['a', 'b', 'd'],
    rows: [
      ['1', null, null],
      [null, '{"c":[2]}', 'x'],
    ],
  });
});

it('splits the lines of an access log', () => {
  const line = '10.0.0.1 - ann [10/Oct/2025:13:55:36 +0000] "GET /a HTTP/1.1" 200 12 "-" "curl"';
  const { columns, rows } = rowsOf(`${line}\n${line}\n`, 'access.log');
  expect(Object.fromEntries(columns.map((name, at) => [name, rows[1]?.[at]]))).toMatchObject({
    remote_host: '10.0.0.1',
    identity: null,
    method: 'GET',
    path: '/a',
    status: '200',
    referer: null,
    user_agent: 'curl',
  });
});

it('shortens what nobody would read, and shows nothing of what is no table', () => {
  expect(rowsOf(`a\n${'x'.repeat(1000)}\n`, 'a.csv').rows[0]?.[0]).toHaveLength(201);
  expect(rowsOf('%PDF-1.4\n…', 'a.pdf')).toEqual({ columns: [], rows: [] });
});
