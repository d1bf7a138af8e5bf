/**
 * The gate of the dialect: every statement of the corpus answers here as it does in Trino, with the same rows, types and
 * errors. The answers were recorded from a real Trino; `node scripts/run.mjs trino-corpus` asks it again.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { comparable, corpusStatements, recordedAnswers } from './testing/corpus.ts';
import { CorpusDatabase } from './testing/corpus-database.ts';

let database: CorpusDatabase;
const answers = recordedAnswers();

beforeAll(async () => {
  database = await CorpusDatabase.open();
});

afterAll(() => database?.close());

it.each(Object.entries(corpusStatements()))('answers as Trino does: %s', async (family, statements) => {
  const differing: { sql: string; trino: string; here: string }[] = [];
  for (const sql of statements) {
    const recorded = answers[family]?.[sql];
    const trino = recorded ? comparable(recorded) : 'not recorded';
    const here = comparable(await database.answer(sql));
    if (here !== trino) differing.push({ sql, trino, here });
  }
  expect(differing).toEqual([]);
});
