/** Golden folders: what a crawl makes of them, and why. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { classifyFile } from './classify-file.ts';
import type { CrawlPlan, PlannedTable } from './crawl-plan.ts';
import { type CrawlScope, planCrawl, selectObjects } from './plan-crawl.ts';
import { readHead } from './read-head.ts';
import { diffTable } from './table-diff.ts';
import { tableInput } from './table-input.ts';

const apart = { combines: false };
const parquet = readFileSync(path.resolve(import.meta.dirname, '../contract/fixtures/types.parquet'));
const fixture = (name: string) => readFileSync(path.resolve(import.meta.dirname, 'fixtures', name));

async function plan(files: Record<string, string | Uint8Array>, scope: Partial<CrawlScope> = {}): Promise<CrawlPlan> {
  const contents = new Map(Object.entries(files).map(([key, body]) => [key, Buffer.from(body)]));
  const objects = [...contents].map(([key, body]) => ({ key, sizeBytes: body.length }));
  const whole: CrawlScope = { bucket: 'lake', prefix: '', configuration: apart, existing: [], ...scope };
  const selection = selectObjects(whole, objects, 100, 1000);
  const read = await Promise.all(
    selection.sample.map(async (object) => {
      const body = contents.get(object.key) ?? Buffer.alloc(0);
      const head = await readHead(object, async (start, end) => body.subarray(start, end));
      return [object.key, classifyFile(head, object.sizeBytes, whole.classifiers ?? [])] as const;
    }),
  );
  return planCrawl(whole, selection, new Map(read));
}

const only = ({ tables }: CrawlPlan): PlannedTable => {
  expect(tables.map(({ name }) => name)).toHaveLength(1);
  return tables[0] as PlannedTable;
};
const columnsOf = ({ columns }: PlannedTable) => columns.map(({ name, type }) => `${name} ${type}`);
const codes = (reasons: { code: string }[]) => reasons.map(({ code }) => code);
const column = (table: PlannedTable, name: string) => table.columns.find((one) => one.name === name);

/** An Avro file without rows. */
function avroOf(schema: string): Buffer {
  const text = (value: string) => Buffer.concat([varint(2 * value.length), Buffer.from(value)]);
  const header = [Buffer.from('Obj\x01'), varint(2), text('avro.schema'), text(schema), varint(0), Buffer.alloc(16)];
  return Buffer.concat(header);
}

function varint(value: number): Buffer {
  const bytes = [];
  for (let rest = value; ; rest >>= 7) {
    bytes.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest <= 127) return Buffer.from(bytes);
  }
}

describe('a delimited file', () => {
  it('has a header where its first row is text and the others are not', async () => {
    const rows = ['Order ID;Amount;Day;Name', ...Array.from({ length: 500 }, (_, i) => `${i};${i}.5;2024-01-02;n${i}`)];
    rows[412] = '411;N/A;2024-01-02;n';
    rows[420] = '419;?;2024-01-02;n';
    const table = only(await plan({ 'orders/a.csv': rows.join('\n') }));
    expect(table).toMatchObject({ name: 'orders', location: 's3://lake/orders/', classification: 'csv' });
    expect(columnsOf(table)).toEqual(['order id bigint', 'amount string', 'day string', 'name string']);
    expect(column(table, 'amount')?.reasons).toContainEqual({
      code: 'typeExceptions',
      values: { otherwise: 'double', exceptions: 2, file: 'a.csv', row: 412, value: 'N/A' },
    });
    expect(column(table, 'order id')?.better).toMatchObject({ name: 'order_id' });
    expect(column(table, 'day')).toMatchObject({
      reasons: [{ code: 'typeDateAsText' }, { code: 'nameHeader' }],
      better: { type: 'date' },
    });
    expect(table.reasons).toContainEqual({ code: 'headerFound', values: { column: 'Order ID', type: 'bigint' } });
    expect(table.parameters).toMatchObject({ 'skip.header.line.count': '1', delimiter: ';' });
    expect(table.serde).toMatchObject({
      library: expect.stringMatching(/LazySimpleSerDe$/),
      parameters: { 'field.delim': ';' },
    });
  });

  it('without one has its columns named by their places', async () => {
    const table = only(await plan({ 'plain/a.csv': '1,a,true\n2,b,false\n', 'plain/b.csv': '3,c,\n' }));
    expect(columnsOf(table)).toEqual(['col0 bigint', 'col1 string', 'col2 boolean']);
    expect(table.reasons).toContainEqual({ code: 'headerTyped', values: { column: 1, value: '1' } });
    expect(table.parameters).not.toHaveProperty('skip.header.line.count');
  });

  it('of text alone has no header that could be told from its rows', async () => {
    const table = only(await plan({ 'names/a.csv': 'first,last\nAda,Lovelace\nAlan,Turing\n' }));
    expect(columnsOf(table)).toEqual(['col0 string', 'col1 string']);
    expect(codes(table.reasons)).toContain('headerNotDifferent');
  });

  it('may be in Latin-1, packed, quoted, with codes and mixed numbers', async () => {
    const text = 'id,Prénom,code,n\n1,"Zoé",007,1\n2,"Rémi",012,2.5\n';
    const table = only(await plan({ 'gens/a.csv.gz': gzipSync(Buffer.from(text, 'latin1')) }));
    expect(columnsOf(table)).toEqual(['id bigint', 'prénom string', 'code bigint', 'n double']);
    expect(codes(table.reasons)).toEqual(expect.arrayContaining(['encoding', 'compressed', 'serdeQuotesKept']));
    expect(table.compression).toBe('gzip');
    expect(column(table, 'code')?.better).toMatchObject({
      type: 'string',
      reason: { code: 'betterCode', values: { value: '007' } },
    });
    expect(column(table, 'n')?.reasons[0]).toMatchObject({ code: 'typeNumbers', values: { row: 2, value: '2.5' } });
  });

  it('is what a custom classifier says', async () => {
    const table = only(
      await plan(
        { 'names/a.txt': 'first~last\nAda~Lovelace\n' },
        { classifiers: [{ type: 'csv', name: 'tilde', delimiter: '~', quote: '"', containsHeader: 'PRESENT' }] },
      ),
    );
    expect(columnsOf(table)).toEqual(['first string', 'last string']);
    expect(table.reasons).toContainEqual({ code: 'headerTold', values: { classifier: 'tilde' } });
  });
});

describe('other formats', () => {
  it('JSON lines have nested types, and merge what is mixed', async () => {
    const lines = [
      '{"Id":1,"at":{"x":1,"Y":"a"},"tags":["a"],"v":1}',
      '{"Id":5000000000,"at":{"x":1.5},"tags":[],"v":"no"}',
    ];
    const table = only(await plan({ 'events/a.json': lines.join('\n') }));
    expect(columnsOf(table)).toEqual(['id bigint', 'at struct<x:double,y:string>', 'tags array<string>', 'v string']);
    expect(column(table, 'v')?.reasons[0]).toMatchObject({ code: 'typeExceptions', values: { row: 2, value: 'no' } });
    expect(table.serde.parameters).toEqual({ paths: 'Id,at,tags,v' });
  });

  it('a JSON array is one column, unless a classifier looks into it', async () => {
    const files = { 'list/a.json': '[{"a":1},{"a":2}]' };
    expect(columnsOf(only(await plan(files)))).toEqual(['array array<struct<a:int>>']);
    const classifiers = [{ type: 'json' as const, name: 'each', path: '$[*]' }];
    expect(columnsOf(only(await plan(files, { classifiers })))).toEqual(['a int']);
  });

  it('Parquet has the columns of its footers', async () => {
    const table = only(await plan({ 'p/a.parquet': parquet, 'p/b.parquet': parquet }));
    expect(table.classification).toBe('parquet');
    expect(table.files).toMatchObject({ count: 2, read: 2 });
    expect(table.columns.length).toBeGreaterThan(3);
    expect(codes(table.columns.flatMap(({ reasons }) => reasons))).toContain('typeParquet');
  });

  it('Avro has the columns of the schema in its header, whatever its blocks are packed with', async () => {
    const table = only(
      await plan({ 'a/1.avro': fixture('orders-deflate.avro'), 'a/2': fixture('orders-deflate.avro') }),
    );
    expect(table).toMatchObject({ classification: 'avro', serde: { library: expect.stringMatching(/AvroSerDe$/) } });
    expect(columnsOf(table)).toEqual([
      'id bigint',
      'amount double',
      'count int',
      'ratio float',
      'ok boolean',
      'name string',
      'raw binary',
      'price decimal(9,2)',
      'day date',
      'at timestamp',
      'status string',
      'tags array<string>',
      'facts map<string,bigint>',
      'place struct<town:string,x:double>',
      'former struct<town:string,x:double>',
      'either string',
    ]);
    expect(table.files.rows).toBe(14);
    expect(JSON.parse(table.serde.parameters['avro.schema.literal'] ?? '')).toMatchObject({ name: expect.any(String) });
    expect(column(table, 'day')?.reasons[0]).toMatchObject({
      code: 'typeAvro',
      values: { stated: expect.stringContaining('"logicalType":"date"') },
    });
  });

  it.each(['uncompressed', 'zlib', 'snappy'])('ORC has the columns of its footer: %s', async (compression) => {
    const table = only(await plan({ 'o/a.orc': fixture(`types-${compression}.orc`) }));
    expect(table).toMatchObject({ classification: 'orc', serde: { library: expect.stringMatching(/OrcSerde$/) } });
    expect(table.files.rows).toBe(3);
    expect(columnsOf(table)).toEqual([
      'id bigint',
      'small smallint',
      'ok boolean',
      'price decimal(9,2)',
      'day date',
      'at timestamp',
      'name string',
      'raw binary',
      'tags array<string>',
      'place struct<x:double,town:string>',
      'of map<string,int>',
    ]);
  });

  it('Avro and ORC that are cut off, lie about their sizes or are packed otherwise are files, and say why', async () => {
    const orc = fixture('types-zlib.orc');
    const avro = fixture('orders-deflate.avro');
    const lying = Buffer.from(avro);
    // The size of the first key of its header: larger than the file.
    lying.set([0xfe, 0xff, 0xff, 0x7f], 5);
    const whole = { kind: 'record', type: 'record', name: 'r', fields: [{ name: 'self', type: ['null', 'r'] }] };
    const { tables, files } = await plan({
      'a/cut.avro': avro.subarray(0, 300),
      'b/lying.avro': lying,
      'c/cut.orc': orc.subarray(0, 900),
      'd/zstd.orc': fixture('types-zstd.orc'),
      'e/word.orc': 'ORC\x00',
      'e2/orchids.csv': 'ORCHID,price\nvanda,1.5\ncattleya,2\n',
      'f/self.avro': avroOf(JSON.stringify(whole)),
      'g/none.avro': avroOf('"string"'),
      'h/bad.avro': avroOf('{"type":"record","fields":1}'),
    });
    expect(files.map(({ key, reasons }) => [key, ...codes(reasons)])).toEqual([
      ['a/cut.avro', 'avroDamaged'],
      ['b/lying.avro', 'avroDamaged'],
      ['c/cut.orc', 'orcDamaged'],
      ['d/zstd.orc', 'orcCompression'],
      ['e/word.orc', 'orcDamaged'],
      ['g/none.avro', 'avroDamaged'],
      ['h/bad.avro', 'avroDamaged'],
    ]);
    // A record within itself ends somewhere.
    expect(tables.map(({ name }) => name)).toEqual(['e2', 'f']);
  });

  it('XML has the rows that a classifier names, with nested and repeated elements', async () => {
    const text = `<?xml version="1.0" encoding="UTF-8"?>
<!-- <order id="0"/> -->
<orders><order id="1" vip="true"><name>Zo&#233; &amp; co</name><price>1.50</price><code>007</code>
<line><n>1</n></line><line><n>2</n></line><note><![CDATA[<b>]]></note></order>
<order id="2"><name/><price>2</price><at><x>1.5</x><Town>a</Town></at></order>
<order id="3"><name>cut`;
    const classifiers = [{ type: 'xml' as const, name: 'orders', classification: 'orders', rowTag: 'order' }];
    const table = only(await plan({ 'x/a.xml': text }, { classifiers }));
    expect(table).toMatchObject({ classification: 'orders', parameters: { rowTag: 'order' } });
    expect(columnsOf(table)).toEqual([
      '_id int',
      '_vip boolean',
      'name string',
      'price double',
      'code string',
      'line array<struct<n:int>>',
      'note string',
      'at struct<x:double,town:string>',
    ]);
    expect(table.files.rows).toBe(2);
    const without = await plan({ 'x/a.xml': text, 'x/b': text }, { classifiers: [] });
    expect(without.tables).toEqual([]);
    expect(without.files.map(({ reasons }) => codes(reasons))).toEqual([['fileXml'], ['fileXml']]);
    const drawing = await plan({ 'x/a': '<svg width="3" height="4"></svg>' });
    expect(drawing.files).toMatchObject([{ facts: { width: 3 }, reasons: [{ code: 'fileBinary' }] }]);
    const other = await plan({ 'x/a.xml': text }, { classifiers: [{ ...classifiers[0], rowTag: 'invoice' } as never] });
    expect(other.tables).toEqual([]);
  });

  it('logs are read by grok, those of Apache without being told', async () => {
    const line = '10.0.0.1 - - [10/Oct/2024:13:55:36 +0000] "GET / HTTP/1.1" 200 12 "-" "curl"\n';
    const [access] = (await plan({ 'logs/access/a.log': line.repeat(3) })).tables;
    expect(access).toMatchObject({
      name: 'access',
      classification: 'combined_apache',
      serde: { parameters: { 'input.format': '%{COMBINEDAPACHELOG}' } },
    });
    expect(access && columnsOf(access)).toContain('clientip string');
    const classifiers = [
      {
        type: 'grok' as const,
        name: 'app',
        classification: 'app',
        pattern: '%{LOGLEVEL:level} %{INT:ms:int} %{GREEDYDATA:text}',
      },
    ];
    const table = only(await plan({ 'app/a.log': 'INFO 12 started, well\nWARN 13 late, so\n' }, { classifiers }));
    expect(columnsOf(table)).toEqual(['level string', 'ms int', 'text string']);
  });

  it('what is no table is a file, with what can be read of it', async () => {
    const png = Buffer.concat([
      Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'),
      Buffer.from('0000028000000190', 'hex'),
    ]);
    const jpeg = Buffer.from('ffd8ffe000040000ffc0001108019002800301', 'hex');
    const french =
      'Le lac est dans la montagne. Les enfants sont avec leur mère sur la plage, mais ils ne nagent pas. '.repeat(3);
    const { tables, files } = await plan({
      'docs/a.png': png,
      'docs/b.jpg': jpeg,
      'docs/c.pdf': '%PDF-1.4\n1 0 obj <</Type /Pages /Kids [] /Count 3>> endobj',
      'docs/d.txt': french,
      'docs/e.md': 'a, b\nc, d\n',
    });
    expect(tables).toEqual([]);
    expect(files.map(({ facts }) => facts)).toEqual([
      { mediaType: 'image/png', width: 640, height: 400 },
      { mediaType: 'image/jpeg', width: 640, height: 400 },
      { mediaType: 'application/pdf', pages: 3 },
      { mediaType: 'text/plain', language: 'fr' },
      { mediaType: 'text/markdown' },
    ]);
  });
});

describe('folders', () => {
  const rows = (n: number) => `id,name\n${n},a\n`;

  it('key=value folders are partitions by that name, dated ones by their level', async () => {
    const named = only(await plan({ 'sales/Year=2024/m=1/a.csv': rows(1), 'sales/Year=2025/m=a%20b/b.csv': rows(2) }));
    expect(named.partitionKeys.map(({ name, reasons }) => [name, reasons[0]?.code])).toEqual([
      ['year', 'partitionNamed'],
      ['m', 'partitionNamed'],
    ]);
    expect(named.partitions).toEqual([
      { values: ['2024', '1'], location: 's3://lake/sales/Year=2024/m=1/' },
      { values: ['2025', 'a b'], location: 's3://lake/sales/Year=2025/m=a%20b/' },
    ]);
    const dated = only(await plan({ 'visits/2024/05/01/a.csv': rows(1), 'visits/2024/05/02/a.csv': rows(2) }));
    expect(dated.name).toBe('visits');
    expect(dated.partitionKeys.map(({ name, reasons }) => [name, reasons[0]?.code])).toEqual([
      ['partition_0', 'partitionDated'],
      ['partition_1', 'partitionDated'],
      ['partition_2', 'partitionDated'],
    ]);
  });

  it('with the same columns are one table, with others are tables of their own, or one if so told', async () => {
    const alike = only(await plan({ 'in/a/1.csv': rows(1), 'in/b/1.csv': rows(2), 'in/c/1.csv': rows(3) }));
    expect([alike.name, alike.partitions.map(({ values }) => values.join())]).toEqual(['in', ['a', 'b', 'c']]);
    expect(alike.reasons).toContainEqual({ code: 'tableFolders', values: { count: 3, columns: 2 } });
    const years = { 't/year=2017/a.json': '{"A":1,"B":2}', 't/year=2018/a.json': '{"C":3,"D":4}' };
    const many = await plan(years);
    expect(many.tables.map(({ name }) => name)).toEqual(['year_2017', 'year_2018']);
    expect(codes(many.tables[0]?.reasons ?? [])).toContain('apartColumns');
    const combined = only(await plan(years, { configuration: { combines: true } }));
    expect([combined.name, ...columnsOf(combined)]).toEqual(['t', 'a int', 'b int', 'c int', 'd int']);
    expect(combined.partitionKeys).toMatchObject([{ name: 'year' }]);
  });

  it('of mixed formats fall apart into their files; a table level says where tables are', async () => {
    const mixed = await plan({ 'mix/a.csv': rows(1), 'mix/b.json': '{"id":1}', 'mix/c.txt': 'hello' });
    expect(mixed.tables.map(({ name, location }) => [name, location])).toEqual([
      ['a_csv', 's3://lake/mix/a.csv'],
      ['b_json', 's3://lake/mix/b.json'],
    ]);
    expect(codes(mixed.tables[0]?.reasons ?? [])).toEqual(expect.arrayContaining(['apartFormat', 'tablePerFile']));
    const leveled = await plan(
      { 'one/a.csv': rows(1), 'two/a.csv': rows(2) },
      { configuration: { combines: false, tableLevel: 2 } },
    );
    expect(leveled.tables.map(({ name }) => name)).toEqual(['one', 'two']);
  });

  it('with markers, empty and hidden files are read without them', async () => {
    const { tables, reasons } = await plan(
      {
        'x/': '',
        'x/y_$folder$': '',
        'x/empty.csv': '',
        'x/blank.csv': '  \n',
        'x/_SUCCESS': 'a',
        'x/skip.tmp': 'a',
        'x/a.csv': rows(1),
        'kept/a.csv': rows(1),
      },
      { exclusions: ['**.tmp'], existing: [{ name: 'kept', location: 's3://lake/kept', isKept: true }] },
    );
    expect(tables.map(({ name }) => name)).toEqual(['x']);
    expect(Object.fromEntries(reasons.map(({ code, values }) => [code, values.count]))).toEqual({
      passedMarkers: 2,
      passedEmpty: 1,
      passedBlank: 1,
      passedHidden: 1,
      passedExcluded: 1,
      passedKept: 1,
    });
  });
});

describe('names', () => {
  const file = 'id,name\n1,a\n';

  it.each([
    ['sales', 'sales', 'salessales', 'sales', 'nameDoubled'],
    ['sales_', 'sales_2024', 'sales_sales_2024', 'sales_2024', 'nameDoubled'],
    ['raw_', 'My Data-Set', 'raw_my_data_set', undefined, 'nameCharacters'],
    ['', '2024-05', '2024_05', 'table_2024_05', 'nameDigit'],
  ])('prefix “%s” and folder “%s” make %s', async (tablePrefix, folder, name, better, code) => {
    const table = only(
      await plan({ [`${folder}/a/1.csv`]: file, [`${folder}/b/1.csv`]: file }, { prefix: `${folder}/`, tablePrefix }),
    );
    expect([table.name, table.betterName]).toEqual([name, better]);
    expect(codes(table.reasons)).toContain(code);
  });

  it('get a hash where another table has them, and stay where the table is there already', async () => {
    const elsewhere = [{ name: 'sales', location: 's3://lake/other/', isKept: false }];
    const hashed = only(await plan({ 'in/sales/1.csv': file }, { existing: elsewhere }));
    expect(hashed.name).toMatch(/^sales_[0-9a-f]{32}$/);
    expect(hashed.betterName).toBe('in_sales');
    const there = [{ name: 'renamed', location: 's3://lake/in/sales', isKept: false }];
    expect(only(await plan({ 'in/sales/1.csv': file }, { existing: there })).name).toBe('renamed');
  });
});

it('a plan is the catalog’s entry, and differs from the one that is there by its columns', async () => {
  const table = only(await plan({ 'sales/y=1/a.csv': 'id,name\n1,a\n' }));
  expect(tableInput(table, 'nightly')).toMatchObject({
    Name: 'sales',
    PartitionKeys: [{ Name: 'y', Type: 'string' }],
    Parameters: { classification: 'csv', UPDATED_BY_CRAWLER: 'nightly', objectCount: '1', recordCount: '1' },
  });
  const current = {
    name: 'sales',
    location: 's3://lake/sales/',
    partitionKeys: [{ name: 'y', type: 'string' }],
    columns: [
      { name: 'id', type: 'string' },
      { name: 'gone', type: 'int' },
    ],
  };
  expect(diffTable(current, table)).toEqual({
    kind: 'changed',
    columns: [
      { change: 'retyped', name: 'id', from: 'string', type: 'bigint' },
      { change: 'added', name: 'name', type: 'string' },
      { change: 'same', name: 'y', type: 'string' },
      { change: 'removed', name: 'gone', type: 'int' },
    ],
  });
  expect(diffTable(undefined, table).kind).toBe('new');
});
