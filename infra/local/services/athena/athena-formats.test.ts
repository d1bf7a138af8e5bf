/** What tables of each format read, through the SDK: https://docs.aws.amazon.com/athena/latest/ug/supported-serdes.html */
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestLake, type TestLake } from '../../testing/test-lake.ts';
import { AthenaSession } from './testing/athena-session.ts';

let lake: TestLake;
let session: AthenaSession;
let s3: S3Client;

beforeAll(async () => {
  lake = await startTestLake({ services: ['athena'] });
  s3 = new S3Client(lake.clientConfig);
  session = new AthenaSession(lake.clientConfig, {
    QueryExecutionContext: { Database: 'shop' },
    ResultConfiguration: { OutputLocation: 's3://results/athena/' },
  });
  for (const Bucket of ['lake', 'results']) await s3.send(new CreateBucketCommand({ Bucket }));
  await session.rows('CREATE DATABASE shop');
});

afterAll(async () => {
  await lake?.close();
});

type Files = Record<string, string | Uint8Array>;

/** A table over files of its own; `rest` is what follows the columns. */
async function table(name: string, columns: string, rest: string, files: Files): Promise<void> {
  await session.rows(
    `CREATE EXTERNAL TABLE ${name} (${columns}) ${rest.replace('LOCATION', `LOCATION 's3://lake/${name}/'`)}`,
  );
  for (const [file, Body] of Object.entries(files))
    await s3.send(new PutObjectCommand({ Bucket: 'lake', Key: `${name}/${file}`, Body }));
}

const openCsv = (properties = '') =>
  `ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde' ${properties && `WITH SERDEPROPERTIES (${properties})`} LOCATION`;
const openJson = (properties = '') =>
  `ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' ${properties && `WITH SERDEPROPERTIES (${properties})`} LOCATION`;
const lines = (...of: string[]) => of.map((line) => `${line}\n`).join('');

describe('OpenCSVSerde', () => {
  it('reads quotes and escapes as Athena does, and no NULL', async () => {
    const text = lines('"a ""b""","c, d",\\N', String.raw`"e \"f\"",C:\temp,""`, 'short');
    await table('quoted', 'a string, b string, c string', openCsv(), { 'a.csv': text });
    expect(await session.rows('SELECT * FROM quoted')).toEqual([
      ['a "b"', 'c, d', 'N'],
      ['e "f"', 'C:temp', ''],
      ['short', undefined, undefined],
    ]);
  });

  it('has a separator, a quote and an escape of its choice, and skips headers of each file', async () => {
    const properties = `'separatorChar' = ';', 'quoteChar' = '\`', 'escapeChar' = '#'`;
    await table(
      'chosen',
      'a string, b string',
      `${openCsv(properties)} TBLPROPERTIES ('skip.header.line.count' = '2')`,
      {
        'a.csv': lines('h', 'h', '`x;y`;"z"', '`#`q`;2'),
        'b.csv.gz': gzipSync(lines('h', 'h', 'zipped;1')),
        'c.csv.zst': zstdCompressSync(lines('h', 'h', 'zst;1')),
      },
    );
    expect(await session.rows('SELECT * FROM chosen ORDER BY a')).toEqual([
      ['`q', '2'],
      ['x;y', '"z"'],
      ['zipped', '1'],
      ['zst', '1'],
    ]);
  });

  it('reads dates as days and timestamps as milliseconds', async () => {
    const text = lines('"18276","1579059880000","true","7","1.5"');
    await table('typed', 'd date, t timestamp, b boolean, i int, f double', openCsv(), { 'a.csv': text });
    expect(await session.rows('SELECT * FROM typed')).toEqual([
      ['2020-01-15', '2020-01-15 03:44:40.000', 'true', '7', '1.5'],
    ]);
  });

  it('fails on what is no number, naming value, field and file, unless it is told to take NULL', async () => {
    const files = { 'bad.csv': lines('a,1', 'b,', 'c,3') };
    await table('bad', 'a string, n int', openCsv(), files);
    expect(await session.reason('SELECT * FROM bad')).toBe(
      `HIVE_BAD_DATA: Error parsing field value '' for field 1: For input string: "" (s3://lake/bad/bad.csv)`,
    );
    expect(await session.rows('SELECT a FROM bad')).toEqual([['a'], ['b'], ['c']]);
    const lenient = `${openCsv()} TBLPROPERTIES ('use.null.for.invalid.data' = 'true')`;
    await table('lenient', 'a string, n int', lenient, files);
    expect(await session.rows('SELECT n FROM lenient')).toEqual([['1'], [undefined], ['3']]);
    await table('broken', 'a string, b string', openCsv(), { 'a.csv': '"a\nb",c\n' });
    expect(await session.reason('SELECT * FROM broken')).toMatch(
      /^HIVE_BAD_DATA: .*line break.*s3:\/\/lake\/broken\/a\.csv/,
    );
  });
});

describe('LazySimpleSerDe', () => {
  it('knows escapes and NULL, but no quotes', async () => {
    const rest = "ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' ESCAPED BY '\\\\' NULL DEFINED AS 'nil' LOCATION";
    await table('lazy', 'a string, b string, n int', rest, {
      'a.csv': lines(String.raw`"x\,y",nil,1`, String.raw`z\\,,nope`, 'only'),
    });
    expect(await session.rows('SELECT * FROM lazy')).toEqual([
      ['"x,y"', undefined, '1'],
      ['z\\', '', undefined],
      ['only', undefined, undefined],
    ]);
  });

  it('reads tabs, Hive’s own delimiters, and delimiters by number', async () => {
    await table('tsv', 'a string, n int', "ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t' LOCATION", {
      'a.tsv': 'x y\t1\n',
    });
    expect(await session.rows('SELECT * FROM tsv')).toEqual([['x y', '1']]);
    await table('hive', 'a string, l array<string>, m map<string,int>, s struct<x:int,y:string>', 'LOCATION', {
      'a.txt': 'x\u0001p\u0002q\u0001k\u00031\u00017\u0002w\n',
    });
    expect(await session.rows("SELECT a, l[2], m['k'], s.x, s.y FROM hive")).toEqual([['x', 'q', '1', '7', 'w']]);
    const numbered = `ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe' WITH SERDEPROPERTIES ('field.delim' = '9') LOCATION`;
    await table('numbered', 'a string, n int', numbered, { 'a.tsv': 'x\t1\n' });
    expect(await session.rows('SELECT * FROM numbered')).toEqual([['x', '1']]);
  });

  it('has no lines but those that end with a line feed', async () => {
    const sql =
      "CREATE EXTERNAL TABLE semi (a string) ROW FORMAT DELIMITED LINES TERMINATED BY ';' LOCATION 's3://lake/semi/'";
    expect(await session.reason(sql)).toContain("LINES TERMINATED BY only supports newline '\\n' right now");
  });
});

describe('JSON', () => {
  it('finds keys whatever their case, in rows within rows too', async () => {
    const text = lines(
      '{"userId": 7, "Detail": {"itemName": "x", "Tags": [{"K": "a"}]}, "n": "12"}',
      '{"userId": 8}',
      '',
    );
    const columns = 'userid int, detail struct<itemname:string,tags:array<struct<k:string>>>, n int, missing string';
    for (const [name, serde] of [
      ['openx', openJson()],
      ['hcat', "ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe' LOCATION"],
    ] as const) {
      await table(name, columns, serde, { 'a.json': text, 'b.json.gz': gzipSync('{"userid": 9}\n') });
      expect(
        await session.rows(`SELECT userid, detail.itemname, detail.tags[1].k, n, missing FROM ${name} ORDER BY 1`),
      ).toEqual([
        ['7', 'x', 'a', '12', undefined],
        ['8', undefined, undefined, undefined, undefined],
        ['9', undefined, undefined, undefined, undefined],
      ]);
    }
  });

  it('has keys with dots, mapped keys, and keys whose case matters', async () => {
    const file = { 'a.json': lines('{"a.b": 1, "URL": "upper", "Url": "lower", "ts": "t"}') };
    await table('dots', 'a_b int', openJson("'dots.in.keys' = 'TRUE'"), file);
    expect(await session.rows('SELECT a_b FROM dots')).toEqual([['1']]);
    const mapping = `'case.insensitive' = 'FALSE', 'mapping.url1' = 'URL', 'mapping.url2' = 'Url'`;
    await table('mapped', 'url1 string, url2 string, url string', openJson(mapping), file);
    expect(await session.rows('SELECT * FROM mapped')).toEqual([['upper', 'lower', undefined]]);
  });

  it('fails on what is no object, naming the line and the file, unless it is told to take NULL', async () => {
    const files = { 'a.json': lines('{"a": 1}', 'not json', '{"a": 3}') };
    await table('malformed', 'a int', openJson(), files);
    expect(await session.reason('SELECT * FROM malformed')).toMatch(
      /^HIVE_CURSOR_ERROR: Row is not a valid JSON Object.*s3:\/\/lake\/malformed\/a\.json/,
    );
    await table('ignored', 'a int', openJson("'ignore.malformed.json' = 'true'"), files);
    expect(await session.rows('SELECT a FROM ignored')).toEqual([['1'], [undefined], ['3']]);
    await table('mistyped', 'a int', openJson(), { 'a.json': '{"a": "x"}\n' });
    expect(await session.reason('SELECT a FROM mistyped')).toMatch(/^HIVE_BAD_DATA: .*s3:\/\/lake\/mistyped\/a\.json/);
  });
});

describe('Parquet', () => {
  it('finds columns by name, in files of different schemas, of each compression', async () => {
    const at = (compression: string) =>
      `WITH (format = 'PARQUET', write_compression = '${compression}', external_location = 's3://lake/evolved/`;
    await session.rows(`CREATE TABLE e1 ${at('SNAPPY')}old/') AS SELECT 1 AS id, 'a' AS name`);
    await session.rows(
      `CREATE TABLE e2 ${at('ZSTD')}new/') AS SELECT 'later' AS added, 'b' AS name, CAST(2 AS integer) AS id`,
    );
    await session.rows(`CREATE TABLE e3 ${at('GZIP')}zip/') AS SELECT CAST(3 AS integer) AS id`);
    await table('evolved', 'id bigint, name string, added string, never double', 'STORED AS PARQUET LOCATION', {});
    expect(await session.rows('SELECT id, name, added, never FROM evolved ORDER BY id')).toEqual([
      ['1', 'a', undefined, undefined],
      ['2', 'b', 'later', undefined],
      ['3', undefined, undefined, undefined],
    ]);
    await table('evolved_wrong', 'name int', 'STORED AS PARQUET LOCATION', {});
    await session.rows("ALTER TABLE evolved_wrong SET LOCATION 's3://lake/evolved/old/'");
    expect(await session.reason('SELECT name FROM evolved_wrong')).toMatch(
      /^HIVE_BAD_DATA: Field name's type VARCHAR in parquet file s3:\/\/lake\/evolved\/old\/\S+ is incompatible with type/,
    );
    await table('torn', 'a int', 'STORED AS PARQUET LOCATION', { 'a.parquet': 'PAR1 and no more' });
    expect(await session.reason('SELECT a FROM torn')).toContain('Not valid Parquet file: s3://lake/torn/a.parquet');
  });
});

describe('what cannot be read', () => {
  it.each([
    ['org.apache.hadoop.hive.ql.io.orc.OrcSerde', 'Tables of ORC are not supported'],
    ['org.apache.hadoop.hive.serde2.avro.AvroSerDe', 'Tables of Avro are not supported'],
    ['com.amazon.ionhiveserde.IonHiveSerDe', "the SerDe 'com.amazon.ionhiveserde.IonHiveSerDe' is not supported"],
  ])('is refused by name: %s', async (serde, message) => {
    const name = `refused_${serde.length}`;
    await table(name, 'a int', `ROW FORMAT SERDE '${serde}' LOCATION`, { a: 'x' });
    expect(await session.reason(`SELECT * FROM ${name}`)).toMatch(new RegExp(`^HIVE_UNSUPPORTED_FORMAT: .*${message}`));
  });

  it('is named by its file', async () => {
    await table('packed', 'a string', 'LOCATION', { 'a.csv.bz2': 'x' });
    expect(await session.reason('SELECT * FROM packed')).toContain('s3://lake/packed/a.csv.bz2');
    await table('unzipped', 'a string', 'LOCATION', { 'a.csv.gz': 'no gzip' });
    expect(await session.reason('SELECT * FROM unzipped')).toMatch(
      /^HIVE_BAD_DATA: .*s3:\/\/lake\/unzipped\/a\.csv\.gz/,
    );
  });
});

it('hidden columns tell of the file of a row', async () => {
  await table('hidden', 'a string', 'PARTITIONED BY (p string) LOCATION', { 'p=1/a.txt': 'x\n', 'p=2/b.txt': 'yy\n' });
  await session.rows('MSCK REPAIR TABLE hidden');
  const sql = `SELECT a, "$path", "$file_size", "$partition", date_diff('hour', "$file_modified_time", now()) FROM hidden ORDER BY a`;
  expect(await session.rows(sql)).toEqual([
    ['x', 's3://lake/hidden/p=1/a.txt', '2', 'p=1', '0'],
    ['yy', 's3://lake/hidden/p=2/b.txt', '3', 'p=2', '0'],
  ]);
  expect(await session.rows('SELECT * FROM hidden WHERE "$file_size" > 2')).toEqual([['yy', '2']]);
});
