/**
 * Asks a real Trino what the corpus of Athena statements should answer: `node scripts/run.mjs trino-corpus`. With
 * `--record` its answers become the expected ones. Trino comes from Maven into .lacustre/peers/trino, runs in one Java
 * process without a port, and is part of nothing that is shipped.
 */
import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ANSWERS_FILE,
  type Answer,
  comparable,
  corpusStatements,
  fixtureTables,
  recordedAnswers,
} from '../infra/local/engine/dialect/testing/corpus.ts';

const SOURCES = join(import.meta.dirname, 'trino');
const PEER = join(import.meta.dirname, '../.lacustre/peers/trino');

install();
const trino = await askAll();
if (process.argv.includes('--record')) {
  writeFileSync(ANSWERS_FILE, `${JSON.stringify(trino, null, 1)}\n`);
  console.log(`Recorded ${count(trino)} answers.`);
} else {
  report(trino);
}

function install(): void {
  if (existsSync(join(PEER, 'classes/TrinoPeer.class'))) return;
  mkdirSync(join(PEER, 'classes'), { recursive: true });
  copyFileSync(join(SOURCES, 'pom.xml'), join(PEER, 'pom.xml'));
  console.log('Fetching Trino from Maven Central (about 200 MB with what it needs)…');
  const options = { cwd: PEER, stdio: 'inherit' } as const;
  try {
    execFileSync(
      'mvn',
      ['-q', '-B', 'dependency:copy-dependencies', '-DincludeScope=runtime', '-DoutputDirectory=lib'],
      options,
    );
    execFileSync('javac', ['-cp', 'lib/*', '-d', 'classes', join(SOURCES, 'TrinoPeer.java')], options);
  } catch (error) {
    console.error(
      `Trino cannot be had here: ${(error as Error).message}\nThis needs Java 17 (javac), Maven (mvn) and a way to Maven Central.`,
    );
    process.exit(1);
  }
}

async function askAll(): Promise<Record<string, Record<string, Answer>>> {
  const setup = fixtureTables().map(([name, query]) => `CREATE TABLE ${name} AS ${query}`);
  const families = Object.entries(corpusStatements());
  const answers = await ask([...setup, ...families.flatMap(([, statements]) => statements)]);
  const failed = answers.splice(0, setup.length).find((answer) => answer.error);
  if (failed) throw new Error(`The tables of the corpus could not be made: ${failed.error}`);
  return Object.fromEntries(
    families.map(([family, statements]) => [
      family,
      Object.fromEntries(statements.map((sql) => [sql, answers.shift() as Answer])),
    ]),
  );
}

async function ask(statements: string[]): Promise<Answer[]> {
  const java = spawn('java', ['-Xmx2g', '-cp', `${join(PEER, 'classes')}:${join(PEER, 'lib')}/*`, 'TrinoPeer'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  java.stdin.end(statements.map((sql) => `${JSON.stringify(sql)}\n`).join(''));
  let output = '';
  for await (const chunk of java.stdout.setEncoding('utf8')) output += chunk;
  const answers = output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Answer & { columns?: unknown });
  if (answers.length !== statements.length)
    throw new Error(`Trino has answered ${answers.length} of ${statements.length} statements.`);
  return answers.map(({ types, rows, error }) => (error === undefined ? { types, rows } : { error }));
}

function report(answers: Record<string, Record<string, Answer>>): void {
  const recorded = recordedAnswers();
  let differing = 0;
  for (const [family, statements] of Object.entries(answers)) {
    for (const [sql, answer] of Object.entries(statements)) {
      const known = recorded[family]?.[sql];
      if (known && comparable(known) === comparable(answer)) continue;
      differing += 1;
      console.log(
        `${family}: ${sql}\n  Trino:    ${comparable(answer)}\n  expected: ${known ? comparable(known) : 'not recorded'}`,
      );
    }
  }
  console.log(`${count(answers) - differing} of ${count(answers)} expected answers are Trino's.`);
  process.exitCode = differing === 0 ? 0 : 1;
}

function count(answers: Record<string, Record<string, Answer>>): number {
  return Object.values(answers).reduce((sum, statements) => sum + Object.keys(statements).length, 0);
}
