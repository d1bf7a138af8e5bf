import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { parquetFooterBytes } from '../file-format/parquet-footer.ts';
import { describeType } from './column-type.ts';
import type { Contract, PhysicalType } from './contract.ts';
import { columnsOf } from './contract.ts';
import { draftContract } from './infer-contract.ts';
import { inspectFile } from './inspect-file.ts';

function contractOf(columns: Record<string, PhysicalType>, optional: string[] = []): Contract {
  const properties = Object.entries(columns).map(([name, physicalType]) => ({
    name: name.toLowerCase(),
    physicalName: name,
    logicalType: describeType(physicalType).logicalType,
    physicalType,
    required: !optional.includes(name),
  }));
  return draftContract('sales', properties);
}

const sales = contractOf({ sale_id: 'bigint', sale_date: 'date', unit_price: 'decimal(18,2)', location: 'string' });
const header = 'sale_id,sale_date,unit_price,location\n';

function inspect(content: string | Uint8Array, fileName = 'sales.csv', contract?: Contract, truncated = false) {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return inspectFile(bytes, { fileName, sizeBytes: bytes.length, truncated }, 'sales', contract);
}

function codes(...inspected: Parameters<typeof inspect>) {
  return inspect(...inspected).problems.map((problem) => problem.code);
}

function messages(...inspected: Parameters<typeof inspect>) {
  return inspect(...inspected).problems.map((problem) => problem.message);
}

function types(content: string, fileName?: string) {
  const { contract } = inspect(content, fileName);
  return contract && Object.fromEntries(columnsOf(contract).map((column) => [column.name, column.physicalType]));
}

describe('files that cannot be read', () => {
  it('refuses a file of 0 bytes, of white space, and one with nothing in its gzip', () => {
    expect(messages('')).toEqual(['The file is empty (0 bytes). Check the export that made it, and send it again.']);
    expect(codes(' \n\n')).toEqual(['file-empty']);
    expect(codes(gzipSync(''), 'sales.csv.gz')).toEqual(['file-empty']);
    expect(codes('[]', 'sales.json')).toEqual(['file-empty']);
  });

  it('refuses a binary file called .csv, and says what it is', () => {
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
    expect(messages(png)[0]).toMatch(/^The file is named as CSV but holds a PNG image\./);
    expect(messages('%PDF-1.7\n')[0]).toMatch(/holds a PDF document/);
    expect(messages('PK\x03\x04....')[0]).toMatch(/Excel/);
    expect(messages('a,b\n1,\x00\n')[0]).toMatch(/binary data/);
    expect(messages('a,b\n1,2\n', 'sales.parquet')[0]).toMatch(/named as Parquet but holds text/);
  });

  it('refuses a damaged or cut gzip, but not one of which only the start was read', () => {
    const packed = gzipSync(header + '1,2024-01-01,1.00,Soho\n'.repeat(50_000));
    expect(codes(packed.subarray(0, packed.length - 30), 'sales.csv.gz', sales)).toEqual(['gzip-damaged']);
    expect(codes(packed.subarray(0, packed.length - 2), 'sales.csv.gz', sales)).toEqual(['gzip-damaged']);
    expect(inspect(packed.subarray(0, packed.length >> 1), 'sales.csv.gz', sales, true)).toMatchObject({
      kind: 'table',
      complete: false,
      problemCount: 0,
      format: { type: 'csv', compression: 'gzip' },
    });
  });

  it('reads no more of a gzip bomb than the head it looks at', () => {
    const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024, 'a'));
    expect(codes(bomb, 'sales.csv.gz')).toEqual(['record-too-long']);
  });

  it('refuses a Parquet file that does not end as one', () => {
    expect(codes('PAR1 and so on and so on', 'sales.parquet')).toEqual(['parquet-damaged']);
    expect(codes('PAR1 and so on and so PAR1', 'sales.parquet')).toEqual(['parquet-damaged']);
  });

  it('refuses a line longer than 1 MiB', () => {
    const line = inspect(`${header}1,2024-01-01,1.00,${'x'.repeat(3_000_000)}`, 'sales.csv', sales, true);
    expect(line.problems[0]?.message).toMatch(/^Row 1 \(line 2\) is longer than 1 MiB/);
    expect(codes('x'.repeat(3_000_000), 'sales.csv', sales, true)).toEqual(['record-too-long']);
    expect(codes(`{"a":"${'x'.repeat(3_000_000)}`, 'sales.ndjson', sales, true)).toEqual(['record-too-long']);
    expect(codes(`[{"a":"${'x'.repeat(3_000_000)}`, 'sales.json', sales, true)).toEqual(['record-too-long']);
  });

  it('refuses a double quote that is never closed, at the line that opens it', () => {
    expect(messages(`${header}1,2024-01-01,1.00,Soho\n2,2024-01-01,1.00,"Soho\n3,…\n`, 'sales.csv', sales)).toEqual([
      expect.stringMatching(/^Row 2 \(line 3\) opens a double quote/),
    ]);
    expect(codes('a,b\n1,"x"y\n')).toEqual(['quote-misplaced']);
  });

  it('refuses text that was UTF-8 until somebody broke it', () => {
    const bytes = Buffer.concat([Buffer.from('name\nHélène\n'), Buffer.from([0xe9]), Buffer.from('lodie\n')]);
    expect(messages(bytes)[0]).toMatch(/^Line 3 is not valid UTF-8/);
  });
});

describe('headers', () => {
  it('refuses a header without rows', () => {
    expect(codes(header)).toEqual(['header-only']);
    expect(codes(header.trim())).toEqual(['header-only']);
  });

  it('refuses a header with a name twice, whatever its case, and one without a name', () => {
    expect(messages('id,Name,name \n1,a,b\n')).toEqual([
      'The header has “Name” more than once (fields 2, 3). Give each column a name of its own.',
    ]);
    expect(messages('id,,name\n1,a,b\n')[0]).toMatch(/^Field 2 of the header has no name/);
  });

  it('refuses a first line that is data', () => {
    expect(codes('1,2024-01-01,12.90,Soho\n2,2024-01-02,13.90,Soho\n')).toEqual(['header-missing']);
    expect(codes('region,2023,2024\nNorth,1,2\n')).toEqual([]);
  });

  it('refuses a delimiter that it does not know', () => {
    expect(messages('id^name^city\n1^a^b\n2^c^d\n')[0]).toMatch(/separated by \^/);
  });

  it('reads ; tab and | as well as commas', () => {
    for (const delimiter of [';', '\t', '|']) {
      const text = header.replaceAll(',', delimiter) + ['1', '2024-01-01', '1.00', 'Soho, W1'].join(delimiter);
      expect(inspect(text, 'sales.csv', sales)).toMatchObject({ problemCount: 0, format: { delimiter } });
    }
  });

  it('takes columns in another order, case and spacing', () => {
    const text = 'Location, SALE_ID ,unit_price,sale_date\nSoho,1,2.50,2024-01-01\n';
    expect(inspect(text, 'sales.csv', sales)).toMatchObject({ problemCount: 0, rowsChecked: 1 });
  });

  it('names the columns that are missing and those that are too many', () => {
    expect(messages('sale_id,sale_date,amount,location\n1,2024-01-01,1,Soho\n', 'sales.csv', sales)).toEqual([
      'Column “unit_price” (decimal(18,2), a number with "." before its at most 2 decimals) is missing from the file. Add it, or change the dataset\'s contract.',
      "Column “amount” is not in the dataset's contract. Remove it, rename it, or add it to the contract.",
    ]);
  });
});

describe('encodings', () => {
  const text = `${header}1,2024-01-01,1.00,Café\n`;

  it.each([
    ['utf-8', 'a byte order mark', Buffer.from(`\ufeff${text}`)],
    ['latin-1', 'Latin-1', Buffer.from(text, 'latin1')],
    ['utf-16', 'UTF-16 with a mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['utf-16', 'UTF-16 without one', Buffer.from(text, 'utf16le')],
    ['utf-16', 'UTF-16 big-endian', Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('reads %s: %s', (encoding, _, bytes) => {
    expect(inspect(bytes, 'sales.csv', sales)).toMatchObject({
      problemCount: 0,
      format: { encoding, header: ['sale_id', 'sale_date', 'unit_price', 'location'] },
    });
  });
});

describe('rows', () => {
  const wrong = (row: string) => messages(header + row, 'sales.csv', sales);

  it('names row, line, column, value and what was expected', () => {
    expect(wrong('1,2024-01-01,"12,90",Soho\n')).toEqual([
      'Row 1 (line 2), column “unit_price” is “12,90”; expected decimal(18,2), a number with "." before its at most 2 decimals. Correct the value, or change the column\'s type in the contract.',
    ]);
    expect(inspect(`${header}x,2024-01-01,1.00,Soho\n`, 'sales.csv', sales).problems[0]).toMatchObject({
      code: 'type-mismatch',
      row: 1,
      line: 2,
      column: 'sale_id',
      value: 'x',
      expected: 'bigint, a whole number such as 42',
    });
  });

  it.each([
    ['an empty required value', '1,2024-01-01,1.00, \n', 'value-required'],
    ['a day that does not exist', '1,2023-02-29,1.00,Soho\n', 'date-impossible'],
    ['a date of another form', '1,01/02/2023,1.00,Soho\n', 'type-mismatch'],
    ['a number beyond 64 bits', '9223372036854775808,2024-01-01,1.00,Soho\n', 'number-out-of-range'],
    ['decimals that would be lost', '1,2024-01-01,1.005,Soho\n', 'type-mismatch'],
    ['a decimal too large', '1,2024-01-01,12345678901234567.00,Soho\n', 'number-out-of-range'],
    ['too few fields', '1,2024-01-01,1.00\n', 'fields-too-few'],
    ['too many fields', '1,2024-01-01,1,00,Soho\n', 'fields-too-many'],
  ])('reports %s', (_, row, code) => {
    const found = inspect(header + row, 'sales.csv', sales);
    expect(found.problems.map((problem) => problem.code)).toEqual([code]);
    expect(found.problems[0]).toMatchObject({ row: 1, line: 2 });
  });

  it.each(['-9223372036854775808,2024-02-29,-0.5,Soho', ' 7 ,2024-12-31,+100,"So ""ho"", W1"', '007,0001-01-01,.50,x'])(
    'takes %s',
    (row) => expect(wrong(row)).toEqual([]),
  );

  it('counts physical lines: values with line breaks and blank lines do not confuse it', () => {
    const text = `${header}1,2024-01-01,1.00,"So\r\nho"\r\n\r\n2,2024-01-01,x,"a\nb\nc"\r\n3,2024-01-01,y,Soho`;
    const places = inspect(text, 'sales.csv', sales).problems.map(({ row, line }) => ({ row, line }));
    expect(places).toEqual([
      { row: 2, line: 5 },
      { row: 3, line: 8 },
    ]);
  });

  it('reads line ends of \\r alone', () => {
    const text = `${header}1,2024-01-01,1.00,Soho\n2,2024-01-01,x,Soho\n`.replaceAll('\n', '\r');
    expect(inspect(text, 'sales.csv', sales)).toMatchObject({ rowsChecked: 2, problems: [{ row: 2, line: 3 }] });
  });

  it('names 50 problems at most, ten alike, and counts all', () => {
    const found = inspect(`${header}${'x,2024-13-01,z,\n'.repeat(1000)}`, 'sales.csv', sales);
    expect(found.problemCount).toBe(4000);
    expect(found.problems).toHaveLength(40);
    expect(new Set(found.problems.map((problem) => problem.column)).size).toBe(4);
  });

  it('never blames the last record for being cut off with the head', () => {
    const whole = Buffer.from(`${header}1,2024-01-01,1.00,"Ca""fé\né"\r\n2,2024-01-01,1.00,Soho\r\n`);
    for (let length = header.length; length < whole.length; length++) {
      const found = inspect(whole.subarray(0, length), 'sales.csv', sales, true);
      expect(found.problems, `head of ${length} bytes`).toEqual([]);
    }
  });
});

describe('JSON', () => {
  const contract = contractOf({ id: 'bigint', name: 'string', note: 'string' }, ['note']);

  it('reads an array of objects and an object a line', () => {
    expect(inspect('[{"id":1,"name":"a"},\n {"id":2,"name":"b","note":null}]\n', 'p.json', contract)).toMatchObject({
      problemCount: 0,
      rowsChecked: 2,
      format: { type: 'json', layout: 'array' },
    });
    expect(inspect('{"id":1,"name":"a"}\n\n{"id":2,"name":"b"}', 'p.json', contract)).toMatchObject({
      problemCount: 0,
      rowsChecked: 2,
      format: { type: 'json', layout: 'lines' },
    });
  });

  it.each([
    ['[{"id":1,"name":"a"},\n {"id":2,\n  "name":b}]', '3:10 (line:column): expected a value, found “b”'],
    ['[{"id":1,"name":"a"}\n {"id":2}]', '2:2 (line:column): expected "," or "]", found “{”'],
    ['[{"id":1,"name":"a"},]', '1:22 (line:column): expected a value, found “]”'],
    ['[{"id":1,"name":"a"},', '1:22 (line:column): expected a value, found the end of the text'],
    ['[{"id":1,"name":"a"}', '1:21 (line:column): expected "," or "]", found the end of the file'],
    ["[{'id':1}]", '1:3 (line:column): expected a name in double quotes'],
    ['[{"id":01}]', '1:9 (line:column): expected "," or "}", found “1”'],
    ['[{"id":1,"name":"a"}] x', '1:23 (line:column): expected the end of the file, found “x”'],
    [
      '{"id":1,"name":"a"}\n{"id":2,"name":"b\n',
      '2:18 (line:column): expected a closing double quote, found the end of the text',
    ],
    ['{"id":1,"name":"a"} {"id":2}\n', '1:21 (line:column): expected the end of the line, found “{”'],
  ])('finds what is malformed in %s', (text, message) => {
    expect(messages(text, 'p.json', contract)).toEqual([expect.stringContaining(message)]);
  });

  it('refuses what is no list of objects', () => {
    expect(messages('[1,2]', 'p.json')[0]).toMatch(/holds a number; expected an array of objects/);
    expect(codes('{\n  "id": 1\n}\n', 'p.json')).toEqual(['json-not-records']);
    expect(codes('"text"', 'p.json')).toEqual(['json-not-records']);
  });

  it('reports rows with other keys, types and empty values', () => {
    const text = '[{"id":1,"name":"a"},{"Id":"x","title":"b"},{"id":1.5,"name":null}]';
    const found = inspect(text, 'p.json', contract).problems.map(({ code, row, column }) => [code, row, column]);
    expect(found).toEqual([
      ['type-mismatch', 2, 'id'],
      ['column-unexpected', 2, 'title'],
      ['column-missing', 2, 'name'],
      ['type-mismatch', 3, 'id'],
      ['value-required', 3, 'name'],
    ]);
  });

  it('never blames the last object for being cut off with the head', () => {
    for (const text of [
      '[{"id":1,"name":"a\\"]}"},\n {"id":2,"name":"b"}]',
      '{"id":1,"name":"a"}\n{"id":2,"name":"b"}\n',
    ]) {
      for (let length = 10; length < text.length; length++) {
        expect(codes(text.slice(0, length), 'p.json', contract, true), text.slice(0, length)).toEqual([]);
      }
    }
  });

  it('drafts a contract', () => {
    const text = '[{"id":1,"price":12.9,"when":"2024-01-01","ok":true,"code":"12"},{"id":2,"tags":["a"],"ok":null}]';
    expect(types(text, 'p.json')).toEqual({
      id: 'bigint',
      price: 'double',
      when: 'date',
      ok: 'boolean',
      code: 'string',
      tags: 'string',
    });
  });
});

describe('drafting a contract', () => {
  it('requires nothing of a column whose last rows were not seen', () => {
    const head = new TextEncoder().encode('id,name\n1,a\n2,b\n3,');
    const facts = { fileName: 'sales.csv', sizeBytes: 9_000_000, truncated: true };
    const { contract } = inspectFile(head, facts, 'sales');
    expect(contract && columnsOf(contract).map(({ name, required }) => [name, required])).toEqual([
      ['id', false],
      ['name', false],
    ]);
  });

  it('finds types, keeps leading zeros, and sees what is never empty', () => {
    const { contract } = inspect(
      'ID,Total Sales (£),Ratio,customerCode,Phone,Sold At,Day,Open,Note,Prénom\n' +
        '1,12.90,0.5,007,+44123,2024-01-01 10:00,2024-01-01,true,,Zoé\n' +
        '2,13.00,0.25,120,+44124,2024-01-02T10:00:00Z,2024-01-02,FALSE,x,Léa\n',
    );
    expect(
      contract && columnsOf(contract).map((column) => [column.name, column.physicalType, column.required]),
    ).toEqual([
      ['id', 'bigint', true],
      ['total_sales', 'decimal(18,2)', true],
      ['ratio', 'double', true],
      ['customer_code', 'string', true],
      ['phone', 'string', true],
      ['sold_at', 'timestamp', true],
      ['day', 'date', true],
      ['open', 'boolean', true],
      ['note', 'string', false],
      ['prenom', 'string', true],
    ]);
  });

  it('gives each column a name of its own', () => {
    expect(Object.keys(types('a b,a-b,2024,数\n1,2,3,4\n') ?? {})).toEqual(['a_b', 'a_b_2', 'column_2024', 'column_4']);
  });

  it('reports a day that does not exist among dates instead of calling them text', () => {
    expect(codes('day,n\n2024-01-01,a\n2024-02-30,b\n2024-03-01,c\n')).toEqual(['date-impossible']);
    expect(types('code,n\n2024-99-99,a\n2024-77-30,b\n')).toMatchObject({ code: 'string' });
  });

  it('accepts the file that it was drafted from', () => {
    const text = 'a,b,c\n1,x,99999999999999999999\n-2.5,,3\n1e5,"q""q",4\n';
    expect(inspect(text)).toMatchObject({ kind: 'table', problemCount: 0, rowsChecked: 3, complete: true });
    expect(types(text)).toEqual({ a: 'double', b: 'string', c: 'string' });
  });
});

describe('Parquet', () => {
  const bytes = readFileSync(`${import.meta.dirname}/fixtures/types.parquet`);
  const fileName = 'types.parquet';

  it('has its columns at its end, and a contract is drafted from them', () => {
    const { contract } = inspect(bytes, fileName);
    const columns =
      contract && columnsOf(contract).map(({ name, physicalType, required }) => [name, physicalType, required]);
    expect(columns).toEqual([
      ['sale_id', 'bigint', true],
      ['price', 'decimal(9,2)', true],
      ['day', 'date', true],
      ['at', 'timestamp', true],
      ['tz', 'timestamp', true],
      ['ok', 'boolean', true],
      ['city', 'string', true],
      ['ratio', 'double', true],
      ['big', 'double', true],
      ['tags', 'string', false],
      ['nested', 'string', false],
      ['clock', 'string', true],
      ['note', 'bigint', false],
      ['tiny', 'bigint', true],
    ]);
  });

  it('of which only both ends were read is the same', () => {
    const facts = { fileName, sizeBytes: 1e9, truncated: true };
    const whole = inspect(bytes, fileName).contract;
    expect(inspectFile(bytes.subarray(0, 100), { ...facts, tail: bytes.subarray(100) }, 'sales').contract).toEqual(
      whole,
    );
    expect(inspectFile(bytes.subarray(0, 100), facts, 'sales')).toMatchObject({ kind: 'table', problemCount: 0 });
    expect(parquetFooterBytes(bytes)).toBeLessThan(bytes.length);
  });

  it('is held to the names of a contract', () => {
    const { problems } = inspect(bytes, fileName, sales);
    expect(problems.map(({ code }) => code)).toContain('column-missing');
  });
});

describe('files that are no tables', () => {
  it.each([
    ['report.pdf', '%PDF-1.7\n…', 'application/pdf'],
    ['notes.md', '# Notes\n\na, b\n', 'text/markdown'],
    ['letter.txt', 'Dear all,\n\nhere is the report, as promised.\n', 'text/plain'],
    ['book.xlsx', 'PK\x03\x04……', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['app.log', 'started\nstopped\n', 'text/plain'],
    ['blob', '\x00\x01\x02', 'application/octet-stream'],
  ])('catalogues %s as a file', (fileName, content, mediaType) => {
    expect(inspect(content, fileName)).toMatchObject({
      kind: 'file',
      format: { type: 'binary', mediaType },
      problemCount: 0,
    });
  });

  it('takes a .txt file for a table when it is one', () => {
    expect(inspect('a\tb\n1\t2\n', 'x.txt')).toMatchObject({ kind: 'table', format: { delimiter: '\t' } });
  });
});

describe('access logs', () => {
  const line =
    '203.0.113.9 - frank [10/Oct/2024:13:55:36 +0000] "GET /a?q=\\"x\\" HTTP/1.1" 200 2326 "https://example.com/" "Mozilla/5.0 (X11)"\n';

  it('reads the combined and the common form', () => {
    const text = line + line.replace(/ "https.*/, '');
    expect(inspect(text, 'access.log')).toMatchObject({
      kind: 'table',
      format: { type: 'combined-log' },
      rowsChecked: 2,
      problemCount: 0,
    });
  });

  it('names the line that is none', () => {
    expect(messages(`${line.repeat(9)}oops\n`, 'access.log')).toEqual([
      expect.stringMatching(/^Line 10 is not a line of an access log: “oops”/),
    ]);
  });
});
