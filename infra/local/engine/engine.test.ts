import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BIGINT } from '../../../lib/languages/trino-sql/types.ts';
import { Engine } from './engine.ts';
import type { FileTable, QueryTask, ScriptTask } from './task.ts';

const log = { info() {}, warn() {}, error() {} };
/** Runs for minutes unless it is stopped. */
const ENDLESS = 'SELECT count(*) FROM range(5000000) a, range(5000000) b WHERE (a.range * b.range) % 7 = 3';

let folder: string;
let engine: Engine;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engine-'));
  engine = await Engine.start({ folder: join(folder, 'engine'), log, processes: 2, threads: 2, memoryLimit: '500MB' });
});

afterAll(async () => {
  await engine.close();
  await rm(folder, { recursive: true, force: true });
});

function script(...statements: string[]): ScriptTask {
  return {
    type: 'script',
    statements: statements.map((sql, index) => ({ id: `s${index}`, sql, rows: true })),
    files: [],
  };
}

/** SQL of the engine itself, with one column. */
function query(sql: string): QueryTask {
  return { type: 'query', sql, columns: [{ name: 'n', type: BIGINT }], tables: [], output: newOutput() };
}

function newOutput() {
  return { format: 'csv', path: join(folder, `${crypto.randomUUID()}`, 'result.csv') } as const;
}

/** Athena's SQL, translated. */
async function translated(sql: string, tables: FileTable[] = []) {
  const compiled = await engine.run({ type: 'translate', sql, parameters: [], database: 'retail', tables });
  const { exactSql, mostRows, columns } = compiled;
  return { type: 'query', sql: compiled.sql, exactSql, mostRows, columns, tables, output: newOutput() } as const;
}

async function csvOf(sql: string, tables: FileTable[] = []): Promise<string> {
  const task = await translated(sql, tables);
  await engine.run(task);
  return readFile(task.output.path, 'utf8');
}

describe('a result of few rows', () => {
  const awkward = `VALUES ('a', 1E0), ('say "no", twice', NULL), (chr(10) || 'é' || chr(13), -0E0), ('', infinity()), (NULL, 1E-9)`;

  it('is written as one of many rows is', async () => {
    const short = await translated(awkward);
    expect(short.mostRows).toBe(5);
    const long = { ...short, mostRows: undefined, output: newOutput() };
    const results = [await engine.run(short), await engine.run(long)];
    expect(results.map(({ rowCount }) => rowCount)).toEqual([5, 5]);
    expect(await readFile(short.output.path, 'utf8')).toBe(await readFile(long.output.path, 'utf8'));
  });

  it.each([
    ['none', 'SELECT n FROM (VALUES 1) AS v (n) WHERE n > 1 LIMIT 5', 0, '"n"\n'],
    ['one', `SELECT 'x' AS "a ""b"""`, 1, '"a ""b"""\n"x"\n'],
  ])('%s: is given as text where that is asked for', async (_, sql, rowCount, text) => {
    const task = await translated(sql);
    const output = { ...task.output, textBytesMax: 100 };
    await expect(engine.run({ ...task, output })).resolves.toMatchObject({ rowCount, text });
  });

  it('may have values that are too large for memory', async () => {
    const task = await translated(`SELECT rpad('', 6000000, 'x') AS long, 1 AS n`);
    expect(await engine.run(task)).not.toHaveProperty('text');
    expect((await stat(task.output.path)).size).toBe(6_000_000 + '"long","n"\n"","1"\n'.length);
  });

  it('may have many columns, and nothing in any of them', async () => {
    const columns = Array.from({ length: 1500 }, (_, index) => `${index === 700 ? "'x'" : 'NULL'} AS c${index}`);
    const csv = await csvOf(`SELECT ${columns.join(', ')}`);
    expect(csv.split('\n')[1]).toBe(`${','.repeat(700)}"x"${','.repeat(799)}`);
    expect((await csvOf('SELECT NULL AS a, NULL AS b')).split('\n')[1]).toBe(',');
  });

  it('is computed exactly where a decimal has no room', async () => {
    expect(await csvOf(`SELECT sum(n * n) AS n FROM (VALUES DECIMAL '999999999999.99') AS v (n)`)).toBe(
      '"n"\n"999999999999980000000000.0001"\n',
    );
  });
});

describe('a script', () => {
  it('names the failing statement and keeps the engine usable', async () => {
    const failing = engine.run(script('SELECT 1', 'SELECT missing'));
    await expect(failing).rejects.toMatchObject({
      code: 'SQL',
      statementId: 's1',
      message: expect.stringContaining('missing'),
    });
    await expect(engine.run(script('SELECT 1 AS one'))).resolves.toMatchObject({
      statements: [{ rows: [{ one: 1 }] }],
    });
  });

  it('refuses to return more rows than can be looked at', async () => {
    await expect(engine.run(script('FROM range(100000)'))).rejects.toMatchObject({ code: 'SQL' });
  });

  it('writes into its output folder and counts the rows', async () => {
    const outputFolder = join(folder, 'out');
    const task: ScriptTask = {
      type: 'script',
      statements: [
        { id: 'view', sql: 'CREATE TEMP TABLE numbers AS SELECT range AS n FROM range(5)' },
        { id: 'copy', sql: `COPY numbers TO '${outputFolder}/part.parquet' (FORMAT parquet)` },
        {
          id: 'read',
          sql: `SELECT count(*)::INTEGER AS n FROM read_parquet('${outputFolder}/part.parquet')`,
          rows: true,
        },
      ],
      files: [],
      outputFolder,
    };
    const { statements } = await engine.run(task);
    expect(statements[1]).toMatchObject({ id: 'copy', rowCount: 5 });
    expect(statements[2]).toMatchObject({ rows: [{ n: 5 }], columns: [{ name: 'n', type: 'INTEGER' }] });
  });
});

describe('the sandbox', () => {
  const escapes = [
    `SELECT * FROM read_text('/etc/passwd')`,
    `SELECT * FROM read_csv('/proc/self/environ')`,
    `SELECT * FROM glob('/etc/*')`,
    `COPY (SELECT 1) TO '/tmp/escaped.csv'`,
    `ATTACH '/tmp/escaped.db'`,
    'INSTALL httpfs',
    `LOAD '/tmp/evil.duckdb_extension'`,
    'SET enable_external_access = true',
    `SET allowed_directories = ['/']`,
    'RESET lock_configuration',
    `SET temp_directory = '/etc'`,
    `SELECT * FROM read_parquet('https://example.com/x.parquet')`,
    `EXPORT DATABASE '/tmp/escaped'`,
    `IMPORT DATABASE '/tmp'`,
  ];
  it.each(escapes)('refuses %s', async (sql) => {
    await expect(engine.run(script(sql))).rejects.toMatchObject({ code: 'SQL' });
  });

  it('opens the files of the task and no neighbour', async () => {
    const [mine, other] = [join(folder, 'mine'), join(folder, 'mine2')];
    await Promise.all([writeFile(mine, 'a\n1\n'), writeFile(other, 'a\n2\n')]);
    const read = (path: string): ScriptTask => ({ ...script(`SELECT a FROM read_csv('${path}')`), files: [mine] });
    await expect(engine.run(read(mine))).resolves.toMatchObject({ statements: [{ rows: [{ a: '1' }] }] });
    await expect(engine.run(read(other))).rejects.toThrow(/Permission Error/);
    await expect(engine.run(read(`${folder}/x/../mine2`))).rejects.toThrow(/Permission Error/);
  });

  it('shows nothing of one task to the next', async () => {
    await engine.run(script('CREATE TABLE secret AS SELECT 42 AS n'));
    const looks = Array.from({ length: 4 }, () => engine.run(script('SELECT * FROM secret')));
    for (const result of await Promise.allSettled(looks)) expect(result.status).toBe('rejected');
  });

  it('opens the files of a query while it runs, and leaves nothing of it to the next', async () => {
    const alone = await Engine.start({ folder: join(folder, 'alone'), log, processes: 1, threads: 1 });
    try {
      const [mine, other] = [join(folder, 'first.json'), join(folder, 'second.json')];
      await Promise.all([writeFile(mine, '{"n":1}\n'), writeFile(other, '{"n":2}\n')]);
      const table = (path: string): FileTable => ({
        type: 'files',
        schema: 'retail',
        name: 'sales',
        format: { type: 'json', ignoreMalformed: false, isCaseSensitive: false, dotsInKeys: false },
        columns: [{ name: 'n', type: 'bigint' }],
        partitionColumns: [],
        files: [{ path, uri: 's3://lake/sales', sizeBytes: 8 }],
      });
      const over = (path: string): QueryTask => ({
        ...query('SELECT n AS c0 FROM "retail"."sales"'),
        tables: [table(path)],
        output: { ...newOutput(), textBytesMax: 1000 },
      });
      await expect(alone.run(over(mine))).resolves.toMatchObject({ text: '"n"\n"1"\n' });
      await expect(alone.run(over(other))).resolves.toMatchObject({ text: '"n"\n"2"\n' });
      await expect(alone.run(query('SELECT n AS c0 FROM "retail"."sales"'))).rejects.toThrow(/does not exist/);
      const own = await readdir(join(folder, 'alone', 'own-0'));
      expect(own).toEqual([]);
      for (const path of [mine, join(folder, 'alone', 'own-0', '..', '..', 'first.json')])
        await expect(alone.run(query(`SELECT content AS c0 FROM read_text('${path}')`))).rejects.toThrow(
          /Permission Error/,
        );
    } finally {
      await alone.close();
    }
  });

  it('runs nothing but a SELECT as a query', async () => {
    await expect(engine.run(query(`COPY (SELECT 1) TO '${folder}/x.csv'`))).rejects.toMatchObject({ code: 'SQL' });
    await expect(engine.run(query('SELECT 1; DROP SCHEMA retail'))).rejects.toMatchObject({ code: 'SQL' });
  });
});

describe('a task that must stop', () => {
  it('stops when it is told to, and its processes rest', async () => {
    const controller = new AbortController();
    const running = engine.run(query(ENDLESS), { signal: controller.signal });
    await sleep(150);
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'CANCELLED' });
    // The processor time of a process that still ran the query would grow for ever.
    await expect.poll(() => processorTime(200), { timeout: 20_000 }).toBeLessThan(3);
  });

  it('stops at its time limit', async () => {
    await expect(engine.run(query(ENDLESS), { timeoutMs: 100 })).rejects.toMatchObject({ code: 'TIMEOUT' });
  });

  it('never starts when its signal is aborted while it waits', async () => {
    const blockers = [1, 2].map(() => engine.run(query(ENDLESS), { timeoutMs: 300 }).catch(() => {}));
    const controller = new AbortController();
    const waiting = engine.run(script('SELECT 1'), { signal: controller.signal });
    controller.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'CANCELLED' });
    await Promise.all(blockers);
  });

  it('reports a lack of memory and leaves the engine alive', async () => {
    const hungry = engine.run(script('SELECT length(list(range)::VARCHAR) FROM range(200000000)'));
    await expect(hungry).rejects.toMatchObject({ code: 'OUT_OF_MEMORY' });
    await expect(engine.run(script('SELECT 1'))).resolves.toBeDefined();
  });

  it('stops when its result is too large, and costs nobody else', async () => {
    const small = await Engine.start({ folder: join(folder, 'small'), log, threads: 1, maxResultBytes: 1_000_000 });
    try {
      const endless = 'SELECT a.range FROM range(1000000) a, range(1000000) b';
      await expect(small.run(query(endless))).rejects.toMatchObject({ code: 'RESULT_LIMIT' });
      await expect(small.run(script('SELECT 1'))).resolves.toBeDefined();
    } finally {
      await small.close();
    }
  });

  it('fails alone when its process is killed, and the process is replaced', async () => {
    const [victim, ...others] = engine.pids;
    const counting = 'SELECT count(*) FROM range(8000) a, range(8000) b WHERE (a.range * b.range) % 7 = 3';
    const running = [1, 2].map(() => engine.run(query(counting)));
    process.kill(victim as number, 'SIGKILL');
    const results = await Promise.allSettled(running);
    const codes = results.map((result) => (result.status === 'rejected' ? result.reason.code : result.status));
    expect(codes.sort()).toEqual(['CRASHED', 'fulfilled']);
    await expect(Promise.all([1, 2, 3].map(() => engine.run(script('SELECT 1'))))).resolves.toHaveLength(3);
    expect(engine.pids).toEqual(expect.arrayContaining(others));
    expect(engine.pids).toHaveLength(2);
    expect(engine.pids).not.toContain(victim);
  });
});

describe('a query', () => {
  it('writes values as Athena does', async () => {
    const rows: [string, string][] = [
      [
        'SELECT 7e0, 1e10, -0.00012e0, 1234567.5e0, 12345678.5e0, 1e22, 0e0, nan()',
        '"7.0","1.0E10","-1.2E-4","1234567.5","1.23456785E7","1.0E22","0.0","NaN"\n',
      ],
      [
        "SELECT TIMESTAMP '2024-01-15 10:30:00', DATE '2024-01-15', TIMESTAMP '2024-01-15 10:30:00 +02:00', DECIMAL '1.50', true, X'6162'",
        '"2024-01-15 10:30:00.000","2024-01-15","2024-01-15 10:30:00.000 +02:00","1.50","true","61 62"\n',
      ],
      [
        "SELECT ARRAY['a', NULL], MAP(ARRAY['k'], ARRAY[1e0]), CAST(ROW('Paris', NULL) AS ROW(city varchar, zip varchar)), ARRAY[], ARRAY[ARRAY[1], ARRAY[2, 3]]",
        '"[a, null]","{k=1.0}","{city=Paris, zip=null}","[]","[[1], [2, 3]]"\n',
      ],
      ["SELECT INTERVAL '36' HOUR, -INTERVAL '1' SECOND", '"1 12:00:00.000","-0 00:00:01.000"\n'],
    ];
    for (const [sql, row] of rows) expect(await csvOf(sql)).toContain(row);
  });

  it('tells NULL from the empty string, and keeps names that occur twice', async () => {
    expect(await csvOf(`SELECT NULL AS a, '' AS a, 'say "hi"' AS b`)).toBe('"a","a","b"\n,"","say ""hi"""\n');
    expect(await csvOf('SELECT 1 AS a WHERE false')).toBe('"a"\n');
  });

  it('is run again with more room when a decimal has none, wherever its rows go', async () => {
    const task = await translated(
      `SELECT x * x AS n FROM UNNEST(sequence(1, 9000)) AS s(i) CROSS JOIN (VALUES CAST('9999999999999.99' AS decimal(15, 2))) AS t(x) WHERE i > 1`,
    );
    await engine.run(task);
    const csv = await readFile((task.output as { path: string }).path, 'utf8');
    expect(csv.trim().split('\n').slice(1)).toEqual(Array(8999).fill('"99999999999999800000000000.0001"'));
    const output = {
      format: 'files',
      folder: join(folder, 'decimals', 'files'),
      columns: [{ name: 'n', type: 'decimal(30,4)', source: 0 }],
      files: { type: 'parquet', compression: 'snappy' },
      partitionBy: [],
    } as const;
    await expect(
      engine.run({ ...task, output: { ...output, columns: [...output.columns], partitionBy: [] } }),
    ).resolves.toMatchObject({ rowCount: 8999 });
  });

  it('keeps the order of its rows', async () => {
    const csv = await csvOf(
      'SELECT a * 1000 + b AS n FROM UNNEST(sequence(0, 299)) AS t(a), UNNEST(sequence(0, 999)) AS u(b) ORDER BY n DESC',
    );
    expect(csv.split('\n').slice(1, 3)).toEqual(['"299999"', '"299998"']);
    expect(csv.trim().split('\n').at(-1)).toBe('"0"');
  });

  it('counts the column chunks that it reads, and refuses beyond the limit', async () => {
    const path = join(folder, 'wide', 'sales');
    const write = `COPY (SELECT range AS id, 'name' || range AS name, range % 10 AS kind FROM range(100000)) TO '${path}' (FORMAT parquet)`;
    await engine.run({ ...script(write), outputFolder: join(folder, 'wide') });
    const sizeBytes = (await stat(path)).size;
    const table = {
      type: 'files' as const,
      schema: 'retail',
      name: 'sales',
      format: { type: 'parquet' as const },
      columns: [
        { name: 'id', type: 'bigint' },
        { name: 'name', type: 'string' },
        { name: 'kind', type: 'int' },
        { name: 'added_later', type: 'string' },
      ],
      partitionColumns: [],
      files: [{ path, uri: 's3://b/sales', sizeBytes }],
    };
    const scanned = async (sql: string) => (await engine.run(await translated(sql, [table]))).scannedBytes;
    const [narrow, wide, filtered, none] = [
      await scanned('SELECT sum(kind) FROM sales'),
      await scanned('SELECT * FROM sales'),
      await scanned('SELECT sum(kind) FROM sales WHERE id > 5'),
      await scanned('SELECT count(*) FROM sales'),
    ];
    expect(none).toBe(0);
    expect(narrow).toBeGreaterThan(0);
    expect(filtered).toBeGreaterThan(narrow * 2);
    expect(wide).toBeGreaterThan(filtered);
    expect(wide).toBeLessThanOrEqual(sizeBytes);
    const exact = [{ ...table, columns: table.columns.slice(0, 3) }];
    const scannedExactly = async (sql: string) => (await engine.run(await translated(sql, exact))).scannedBytes;
    expect(await scannedExactly('SELECT count(*) FROM sales')).toBe(0);
    expect(await scannedExactly('SELECT sum(kind) FROM sales WHERE id > 5')).toBe(filtered);
    expect(await scannedExactly('SELECT * FROM sales')).toBe(wide);
    // Found by its key first and read whole afterwards, which is no second scan.
    expect(await scannedExactly('SELECT * FROM sales ORDER BY id DESC LIMIT 3')).toBe(wide);
    const limited = { ...(await translated('SELECT * FROM sales', [table])), maxScannedBytes: wide - 1 };
    await expect(engine.run(limited)).rejects.toMatchObject({ code: 'SCAN_LIMIT' });
  });
});

describe('Parquet', () => {
  const columns = [
    { name: 'id', type: 'bigint' },
    { name: 'name', type: 'string' },
    { name: 'tags', type: 'array<string>' },
    { name: 'place', type: 'struct<city:string,zip:int>' },
  ];
  const exact = `1::BIGINT AS id, 'a' AS name, ['x'] AS tags, {'city': 'Paris', 'zip': 75}::STRUCT(city VARCHAR, zip INTEGER) AS place`;
  const files: [string, string, string][] = [
    ['as its table declares it', exact, '"1","a","[x]","{city=Paris, zip=75}"'],
    [
      'in another order, with more columns and other capitals',
      `7 AS other, 2::BIGINT AS "ID", 'b' AS "Name", ['x'] AS tags, {'city': 'Rome', 'zip': 1}::STRUCT(city VARCHAR, zip INTEGER) AS place`,
      '"2","b","[x]","{city=Rome, zip=1}"',
    ],
    ['with another type', exact.replace('1::BIGINT', '3::INTEGER'), '"3","a","[x]","{city=Paris, zip=75}"'],
    ['without a column', exact.replace(", ['x'] AS tags", ''), '"1","a",,"{city=Paris, zip=75}"'],
    [
      'without a field',
      exact.replace(", 'zip': 75}::STRUCT(city VARCHAR, zip INTEGER)", '}'),
      '"1","a","[x]","{city=Paris, zip=null}"',
    ],
  ];
  const written = async (n: number) => {
    const outputFolder = join(folder, `shape-${n}`);
    const path = join(outputFolder, 'data');
    await engine.run({ ...script(`COPY (SELECT ${files[n]?.[1]}) TO '${path}' (FORMAT parquet)`), outputFolder });
    return { path, uri: `s3://b/${n}`, sizeBytes: (await stat(path)).size };
  };
  const table = {
    type: 'files' as const,
    schema: 'retail',
    name: 'shapes',
    format: { type: 'parquet' as const },
    columns,
    partitionColumns: [],
  };

  it.each(files.map(([name, , row], n) => ({ name, row, n })))('$name', async ({ row, n }) => {
    expect(await csvOf('SELECT * FROM shapes', [{ ...table, files: [await written(n)] }])).toContain(`\n${row}\n`);
  });

  it('of all kinds together', async () => {
    const all = await Promise.all(files.map((_, n) => written(n)));
    const csv = await csvOf('SELECT * FROM shapes', [{ ...table, files: all }]);
    for (const [, , row] of files) expect(csv).toContain(`\n${row}\n`);
    const [first, second] = all;
    expect(await csvOf('SELECT id FROM shapes', [{ ...table, files: [second, first] as typeof all }])).toBe(
      '"id"\n"2"\n"1"\n',
    );
  });
});

describe('processes', () => {
  it('end with the engine, whatever they do', async () => {
    const own = await Engine.start({ folder: join(folder, 'own'), log, threads: 1 });
    const pids = own.pids;
    const running = own.run(query(ENDLESS)).catch((error) => error.code);
    await sleep(50);
    await own.close();
    await own.close();
    expect(await running).toBe('CLOSED');
    expect(pids.filter(isAlive)).toEqual([]);
    await expect(own.run(script('SELECT 1'))).rejects.toMatchObject({ code: 'CLOSED' });
  });

  it('end when the lake is killed, even in the middle of a query', async () => {
    const parent = join(folder, 'parent.ts');
    await writeFile(
      parent,
      `import { Engine } from ${JSON.stringify(join(import.meta.dirname, 'engine.ts'))};
       const log = { info() {}, warn() {}, error() {} };
       const engine = await Engine.start({ folder: ${JSON.stringify(join(folder, 'orphans'))}, log, threads: 1 });
       engine.run({ type: 'script', files: [], statements: [{ id: 'x', sql: ${JSON.stringify(ENDLESS)} }] });
       setTimeout(() => console.log(JSON.stringify(engine.pids)), 200);`,
    );
    const child = spawn(process.execPath, [parent], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await expect.poll(() => JSON.parse(String(line)).filter(isAlive), { timeout: 20_000 }).toEqual([]);
  });
});

/** Ticks (of 10 ms) that the engine's processes spend on a processor within some time; only /proc tells. */
async function processorTime(withinMs: number): Promise<number> {
  if (!existsSync('/proc/self/stat')) return 0;
  const ticks = () =>
    engine.pids.reduce((sum, pid) => {
      const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ').slice(11, 13) ?? [];
      return sum + Number(user) + Number(system);
    }, 0);
  const before = ticks();
  await sleep(withinMs);
  return ticks() - before;
}

/** A process that has ended and waits to be collected by init is not alive; only /proc tells. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !existsSync('/proc/self/stat') || !/\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
