import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compareFiles } from './compare-files.ts';
import type { Comparison, TableComparison } from './comparison.ts';
import { memoryFile } from './testing.ts';

interface Options {
  name?: string;
  toName?: string;
  key?: string[];
  contractKey?: string[];
  asText?: boolean;
  maxRows?: number;
  chunkBytes?: number;
}

async function compare(
  from: string | Uint8Array,
  to: string | Uint8Array,
  { name = 'a.csv', toName = name, key, contractKey, asText = false, maxRows, chunkBytes }: Options = {},
): Promise<Comparison> {
  const chunks = chunkBytes ? { chunkBytes } : {};
  return compareFiles(memoryFile(from, { name, ...chunks }), memoryFile(to, { name: toName, ...chunks }), {
    compressors: {},
    asText,
    seed: 7,
    chosenKey: key,
    contractKey,
    ...(maxRows ? { maxRows } : {}),
  });
}

async function table(...args: Parameters<typeof compare>): Promise<TableComparison> {
  const comparison = await compare(...args);
  if (comparison.type !== 'table') throw new Error(`compared as ${comparison.type}`);
  return comparison;
}

const rowsOf = ({ rows: { unchanged, added, removed, changed } }: TableComparison) => ({
  unchanged,
  added,
  removed,
  changed,
});
const same = (unchanged: number) => ({ unchanged, added: 0, removed: 0, changed: 0 });

const csv = 'id,city,price\n1,Soho,2.50\n2,Leeds,3.00\n3,York,4.25\n';

describe('rows', () => {
  it('are added, removed and changed by a key that is found, with samples and the cells that differ', async () => {
    const found = await table(csv, 'id,city,price\n1,Soho,2.50\n3,York,4.75\n4,Bath,1.00\n');
    expect(rowsOf(found)).toEqual({ unchanged: 1, added: 1, removed: 1, changed: 1 });
    expect(found.key).toMatchObject({ columns: ['id'], reason: 'unique' });
    expect(found.samples).toEqual({
      added: [{ row: 3, to: ['4', 'Bath', '1.00'] }],
      removed: [{ row: 2, from: ['2', 'Leeds', '3.00'] }],
      changed: [{ row: 2, from: ['3', 'York', '4.25'], to: ['3', 'York', '4.75'], changed: [2] }],
    });
  });

  it('are the same in another order of rows and of columns', async () => {
    const found = await table(csv, 'price,id,city\n4.25,3,York\n2.50,1,Soho\n3.00,2,Leeds\n');
    expect(rowsOf(found)).toEqual(same(3));
    expect(found.columns.map(({ name, isMoved }) => [name, isMoved])).toEqual([
      ['price', true],
      ['id', false],
      ['city', false],
    ]);
  });

  it('are the same whatever their line ends, encoding, quotes, delimiter and byte order mark', async () => {
    const text = 'id;name\n1;"Zoë;\nVolt"\n2;""\n3;Ümit\n';
    const latin = Uint8Array.from(text, (character) => character.charCodeAt(0));
    const variants = [
      // The line end inside the quotes is part of a value.
      text.replaceAll('\n', '\r\n').replace(';\r\nVolt', ';\nVolt'),
      `\ufeff${text}`,
      'id\tname\n1\t"Zoë;\nVolt"\n2\t\n3\tÜmit',
    ];
    for (const variant of variants) expect(rowsOf(await table(text, variant, { chunkBytes: 3 }))).toEqual(same(3));
    expect(rowsOf(await table(text, latin))).toEqual(same(3));
    expect(rowsOf(await table(text, gzipSync(text), { toName: 'a.csv.gz' }))).toEqual(same(3));
    const utf16 = Uint8Array.from([
      0xff,
      0xfe,
      ...new Uint8Array(Uint16Array.from(text, (c) => c.charCodeAt(0)).buffer),
    ]);
    expect(rowsOf(await table(text, utf16, { chunkBytes: 5 }))).toEqual(same(3));
  });

  it('are compared by what numbers, times and booleans mean', async () => {
    const from = 'id,amount,at,ok\n1,1,2024-01-01,true\n2,2.5,2024-01-02T10:00:00Z,FALSE\n3,1000,2024-01-03,true\n';
    const to =
      'id,amount,at,ok\n1,1.0,2024-01-01 00:00,TRUE\n2,2.50,2024-01-02 12:00:00+02:00,false\n3,1e3,2024-01-03,True\n';
    expect(rowsOf(await table(from, to, { key: ['amount'] }))).toEqual(same(3));
    expect(rowsOf(await table('id,a\n1,0.1\n2,x\n', 'id,a\n1,0.10\n2,x\n'))).toEqual({ ...same(1), changed: 1 });
  });

  it('keep every digit of a large number', async () => {
    const large = '{"id":1,"n":9007199254740993}\n';
    const found = await table(large, large.replace('993', '992'), { name: 'a.ndjson' });
    expect(found.samples.changed[0]).toMatchObject({ changed: [1], from: ['1', '9007199254740993'] });
  });

  it('take nothing and an empty value for the same, in CSV and in JSON', async () => {
    const from = '[{"id":1,"a":null},{"id":2,"a":""},{"id":3}]';
    expect(rowsOf(await table(from, 'id,a\n1,\n2,""\n3,\n', { name: 'a.json', toName: 'a.csv' }))).toEqual(same(3));
    expect(rowsOf(await table('id,a\n1,\n', 'id,a\n1,x\n'))).toMatchObject({ changed: 1 });
  });

  it('with the same key are paired in their order, and said to be so', async () => {
    const from = 'id,v\n1,a\n1,b\n1,c\n2,d\n';
    const to = 'id,v\n1,b\n1,a\n1,z\n1,y\n2,d\n';
    const found = await table(from, to, { key: ['id'] });
    expect(rowsOf(found)).toEqual({ unchanged: 3, added: 1, removed: 0, changed: 1 });
    expect(found.key).toEqual({ columns: ['id'], reason: 'chosen', duplicates: { from: 2, to: 3 } });
    expect(found.samples.changed[0]).toMatchObject({ from: ['1', 'c'], to: ['1', 'z'] });
  });

  it('are compared as a whole where nothing else tells them apart', async () => {
    const found = await table('a,b\nx,1\nx,1\ny,2\n', 'a,b\nx,1\ny,2\ny,2\n');
    expect(found.key).toMatchObject({ columns: [], reason: 'none' });
    expect(rowsOf(found)).toEqual({ unchanged: 2, added: 1, removed: 1, changed: 0 });
  });

  it('follow the contract’s key before any other, and the person’s before that', async () => {
    const from = 'id,code,v\n1,a,x\n2,b,y\n';
    const to = 'id,code,v\n2,a,x\n1,b,y\n';
    expect(rowsOf(await table(from, to, { contractKey: ['code'] }))).toMatchObject({ changed: 2, unchanged: 0 });
    expect((await table(from, to, { contractKey: ['code'] })).key.reason).toBe('contract');
    expect((await table(from, to, { contractKey: ['code'], key: ['ID'] })).key).toMatchObject({ columns: ['id'] });
    expect((await table(from, to, { contractKey: ['gone'] })).key.reason).toBe('unique');
    await expect(table(from, to, { key: ['gone'] })).rejects.toMatchObject({
      problem: { code: 'key-unknown', column: 'gone' },
    });
  });

  it('take a key of two columns where one is not enough', async () => {
    const rows = ['2024,1', '2024,2', '2025,1', '2025,2'].map((key, index) => `${key},${index % 3}`);
    const from = `year,month,total\n${rows.join('\n')}\n`;
    const found = await table(from, from.replace('2025,2,0', '2025,2,9'));
    expect(found.key).toMatchObject({ columns: ['year', 'month'], reason: 'unique' });
    expect(rowsOf(found)).toEqual({ ...same(3), changed: 1 });
  });

  it('do not follow a key that is unique only among the first rows', async () => {
    const rows = Array.from({ length: 12_000 }, (_, index) => `${Math.min(index, 11_000)},${index}`);
    const found = await table(`id,nr\n${rows.join('\n')}\n`, `id,nr\n${rows.slice(1).join('\n')}\n`);
    expect(found.key.columns).toEqual(['nr']);
    expect(rowsOf(found)).toEqual({ ...same(11_999), removed: 1 });
  });
});

describe('columns', () => {
  it('are added, removed, retyped and renamed in case only', async () => {
    const found = await table(
      'id,City,price,old\n1,Soho,2,x\n2,York,3,y\n',
      'id,city,price,new\n1,Soho,cheap,1\n2,York,3,2\n',
    );
    expect(found.columns).toMatchObject([
      { name: 'id', change: 'same', isKey: true },
      { name: 'city', change: 'same', formerName: 'City' },
      { name: 'price', change: 'retyped', fromType: 'bigint', toType: 'string' },
      { name: 'new', change: 'added', toType: 'bigint' },
      { name: 'old', change: 'removed', fromType: 'string' },
    ]);
    expect(found.samples.changed).toEqual([
      { row: 1, from: ['1', 'Soho', '2', null, 'x'], to: ['1', 'Soho', 'cheap', '1', null], changed: [2] },
    ]);
  });

  it('with nothing in common make every row removed and added', async () => {
    const found = await table('a\n1\n2\n', 'b\n1\n');
    expect(rowsOf(found)).toEqual({ unchanged: 0, changed: 0, added: 1, removed: 2 });
    expect(found.samples.removed).toHaveLength(2);
  });
});

describe('a file', () => {
  it('without a byte, or with a header only, has no rows', async () => {
    expect(rowsOf(await table('', csv))).toEqual({ ...same(0), added: 3 });
    expect(rowsOf(await table(csv, ''))).toEqual({ ...same(0), removed: 3 });
    expect(rowsOf(await table('id,city,price\n', csv))).toEqual({ ...same(0), added: 3 });
    expect(rowsOf(await table('id,city\n', 'city,id\n'))).toEqual(same(0));
    expect(await compare('', '')).toMatchObject({ type: 'text', lines: { from: 0, to: 0, added: 0, removed: 0 } });
  });

  it('of JSON may have keys that come late, and nested values in any order of names', async () => {
    const line = (id: number, more: object) => JSON.stringify({ id, pad: 'x'.repeat(100), ...more });
    const lines = Array.from({ length: 50_000 }, (_, id) => line(id, {}));
    const from = [...lines, line(50_000, { late: { a: 1, b: [2] } })].join('\n');
    const to = [...lines, line(50_000, { late: { b: [2], a: 1 } })].join('\n');
    const found = await table(from, to, { name: 'a.ndjson' });
    expect(found.columns.map(({ name }) => name)).toEqual(['id', 'pad', 'late']);
    expect(rowsOf(found)).toEqual(same(50_001));
    expect(
      rowsOf(await table(`[${from.split('\n').join(',\n')}]`, to, { name: 'a.json', toName: 'b.ndjson' })),
    ).toEqual(same(50_001));
  });

  it('of Parquet has the rows of a CSV with the same values, decimals to the last digit', async () => {
    const parquet = readFileSync('lib/languages/contract/fixtures/types.parquet');
    const found = await table(parquet, 'Sale ID,price\n1,12.5\n2,3\n', {
      name: 'a.parquet',
      toName: 'a.csv',
      key: ['Sale ID'],
    });
    expect(found.columns.filter(({ change }) => change !== 'removed').map(({ name }) => name)).toEqual([
      'Sale ID',
      'price',
    ]);
    expect(rowsOf(found)).toEqual(same(2));
    const changed = await table(parquet, 'Sale ID,price\n1,12.51\n2,3\n', {
      name: 'a.parquet',
      toName: 'a.csv',
      key: ['Sale ID'],
    });
    expect(changed.samples.changed).toMatchObject([{ row: 1 }]);
    expect(changed.samples.changed[0]?.from).toContain('12.50');
  });

  it('with a row that is too short or too long shows it', async () => {
    const found = await table(csv, csv.replace('Leeds,3.00', 'Leeds').replace('4.25', '4.25,more'), { key: ['id'] });
    expect(found.samples.changed.map(({ to }) => to)).toEqual([
      ['2', 'Leeds', null],
      ['3', 'York', '4.25 more'],
    ]);
  });

  it('with a quote that never closes is refused, and which of the two it is', async () => {
    const broken = `${csv.repeat(1)}4,"Bath,1\n`;
    await expect(table(csv, broken)).rejects.toMatchObject({ problem: { code: 'unreadable', side: 'to' } });
  });

  it('of too many rows is refused', async () => {
    await expect(table(csv, csv, { maxRows: 2 })).rejects.toMatchObject({
      problem: { code: 'too-many-rows', side: 'from', limit: 2 },
    });
  });

  it('that is cut off in its archive is refused', async () => {
    const packed = gzipSync(csv.repeat(2000));
    const cut = packed.subarray(0, packed.length - 20);
    await expect(compare(packed, cut, { name: 'a.csv.gz' })).resolves.toMatchObject({ type: 'opaque', isSame: false });
  });

  it('of any other kind is compared by its bytes', async () => {
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1]);
    expect(await compare(png, png, { name: 'a.png' })).toMatchObject({ type: 'opaque', isSame: true });
    expect(await compare(png, Uint8Array.from([...png.slice(0, -1), 2]), { name: 'a.png' })).toMatchObject({
      type: 'opaque',
      isSame: false,
      mediaTypes: { from: 'image/png', to: 'image/png' },
    });
  });

  it('of text is compared line by line, and a table is if asked', async () => {
    const found = await compare('# A\nb\n', '# A\r\nc\r\n', { name: 'a.md' });
    expect(found).toMatchObject({
      type: 'text',
      lines: { from: 2, to: 2, added: 1, removed: 1 },
      lineEnds: { from: 'lf', to: 'crlf' },
    });
    expect(await compare(csv, csv, { asText: true })).toMatchObject({ type: 'text', hunks: [] });
  });
});

describe('against a naive comparison', () => {
  const random = (seed: number) => () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };

  it.each(Array.from({ length: 60 }, (_, seed) => seed))(
    'random rows with seed %i have the same counts',
    async (seed) => {
      const next = random(seed + 1);
      const pick = (count: number) => Math.floor(next() * count);
      const words = ['a', 'b"c', 'd,e', 'f\ng', 'é', '', '1', '1.0', '-0'];
      const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const rows = () =>
        Array.from({ length: pick(40) }, () => [
          String(pick(seed % 2 ? 12 : 500)),
          words[pick(words.length)] ?? '',
          String(pick(3)),
        ]);
      const [from, to] = [rows(), rows()];
      // Some rows are in both.
      to.push(...from.filter(() => next() < 0.6));
      const text = (all: string[][]) => `key,word,n\n${all.map((row) => row.map(quote).join(',')).join('\n')}\n`;
      const found = await table(text(from), text(to), { key: ['key'], chunkBytes: 1 + pick(50) });
      expect(rowsOf(found)).toEqual(naive(from, to));
      const chosen = [...found.samples.changed, ...found.samples.added];
      expect(chosen.every(({ row, to: cells }) => cells?.[0] === to[row - 1]?.[0])).toBe(true);
    },
  );

  function naive(from: string[][], to: string[][]) {
    const counts = { unchanged: 0, added: 0, removed: 0, changed: 0 };
    for (const key of new Set([...from, ...to].map((row) => row[0]))) {
      const left = from.filter((row) => row[0] === key).map((row) => row.join('\u0000'));
      let rest = 0;
      for (const row of to.filter((each) => each[0] === key).map((each) => each.join('\u0000'))) {
        const at = left.indexOf(row);
        if (at < 0) rest++;
        else {
          left.splice(at, 1);
          counts.unchanged++;
        }
      }
      const changed = Math.min(left.length, rest);
      counts.changed += changed;
      counts.removed += left.length - changed;
      counts.added += rest - changed;
    }
    return counts;
  }
});

describe('two hundred thousand rows', () => {
  it('are compared exactly', async () => {
    const rows = Array.from({ length: 200_000 }, (_, id) => `${id},name ${id},${(id * 7) % 1000}.50`);
    const from = `id,name,price\n${rows.join('\n')}\n`;
    const changed = rows.map((row, id) => (id % 1000 === 5 ? `${id},name ${id},0.00` : row));
    const to = `id,name,price\n${[...changed.slice(100), ...Array.from({ length: 50 }, (_, id) => `${300_000 + id},new,1.00`)].join('\n')}\n`;
    const found = await table(from, to);
    expect(rowsOf(found)).toEqual({ added: 50, removed: 100, changed: 199, unchanged: 199_701 });
    expect(found.samples.changed).toHaveLength(100);
    expect(found.samples.removed[0]).toMatchObject({ row: 1 });
  });
});
