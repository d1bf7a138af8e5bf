import { AthenaClient } from '@aws-sdk/client-athena';
import { AthenaSession } from '../../infra/local/services/athena/testing/athena-session.ts';
import type { LakeProcess } from '../../infra/local/testing/lake-process.ts';
import { planEvaluation } from '../../lib/languages/dqdl/plan.ts';
import { familyMs, median } from '../measure.ts';
import type { Both } from '../query/compare-queries.ts';
import type { LakeQueries } from '../query/lake-queries.ts';

const POLL_MS = 2;

/** For Great Expectations they are written in its own words in peers.ts. */
const RULES = [
  'RowCount > 1000000',
  ...['date', 'delay', 'distance', 'origin', 'destination'].map((column) => `IsComplete "${column}"`),
  'Completeness "delay" > 0.99',
  'ColumnValues "distance" >= 0',
  'ColumnValues "delay" between -1500 and 3000',
  'ColumnValues "date" > "1999-01-01"',
  'ColumnLength "origin" = 3',
  'ColumnLength "destination" = 3',
  'Mean "delay" between 0 and 20',
  'StandardDeviation "delay" < 60',
  'Sum "distance" > 1000',
  'ColumnCorrelation "delay" "distance" between -0.5 and 0.5',
];

/** What somebody would write who wants to know the same. */
const BY_HAND = `SELECT count(*) AS a, count("date") AS b, count(delay) AS c, count(distance) AS d, count(origin) AS e,
  count(destination) AS f, count_if(distance >= 0) AS g, count_if(delay > -1500 AND delay < 3000) AS h,
  count_if("date" > TIMESTAMP '1999-01-01 00:00:00') AS i, count_if(length(origin) = 3) AS j,
  count_if(length(destination) = 3) AS k, avg(delay) AS l, stddev_pop(delay) AS m, sum(distance) AS n,
  corr(CAST(delay AS double), CAST(distance AS double)) AS o FROM flights`;

const COLUMNS = [
  { name: 'date', type: 'timestamp' },
  { name: 'delay', type: 'bigint' },
  { name: 'distance', type: 'bigint' },
  { name: 'origin', type: 'string' },
  { name: 'destination', type: 'string' },
];

/**
 * Sixteen rules beside one aggregate over the same columns, in turns. The rules also measure what every evaluation does:
 * means, newest dates, least and greatest values.
 */
export async function benchRules({ lake, bare, rounds, lakePid }: Both & { lakePid: number }, running: LakeProcess) {
  const statements = planRules();
  const scans = await countScans(
    statements.map(({ sql }) => sql),
    running,
  );
  const [rulesMs, handMs, bareMs]: [number[], number[], number[]] = [[], [], []];
  const processor = { rules: 0, hand: 0 };
  const timed = async (sql: string) => {
    const before = familyMs(lakePid);
    const { firstPageMs } = await lake.run(sql, POLL_MS);
    return { ms: firstPageMs, processorMs: familyMs(lakePid) - before };
  };
  for (let round = -1; round < rounds; round += 1) {
    const evaluated = await Promise.all(statements.map(({ sql }) => timed(sql)));
    const written = await timed(BY_HAND);
    const { ms } = await bare.run({ type: 'all', sql: BY_HAND });
    // The first round warms up.
    if (round < 0) continue;
    rulesMs.push(Math.max(...evaluated.map((one) => one.ms)));
    handMs.push(written.ms);
    bareMs.push(ms);
    processor.rules += evaluated.reduce((total, one) => total + one.processorMs, 0);
    processor.hand += written.processorMs;
  }
  console.log(
    `\n${RULES.length} rules on 3,000,000 flights: ${statements.length} statement, ${scans} scan of the table`,
  );
  console.log(`  rules ${show(rulesMs)}  by hand ${show(handMs)}  by hand in the bare engine ${show(bareMs)}`);
  const ratio = (of: number[]) => (median(rulesMs) / median(of)).toFixed(2);
  const cost = (processor.rules / processor.hand).toFixed(2);
  console.log(`  ${ratio(handMs)}× by hand (processor ${cost}×), ${ratio(bareMs)}× the bare engine`);
}

/** Milliseconds of one evaluation of them all. */
export async function evaluateRules(lake: LakeQueries): Promise<number> {
  const evaluated = await Promise.all(planRules().map(({ sql }) => lake.run(sql, POLL_MS)));
  return Math.max(...evaluated.map(({ firstPageMs }) => firstPageMs));
}

function planRules() {
  return planEvaluation({
    rulesets: [{ name: 'flights', gate: 'warn', text: `Rules = [ ${RULES.join(', ')} ]` }],
    columns: COLUMNS,
    relation: { database: 'bench', table: 'flights' },
    database: 'bench',
    history: [],
    now: new Date(),
  }).statements;
}

/** As the plans have them. */
async function countScans(sql: string[], running: LakeProcess): Promise<number> {
  const session = new AthenaSession(new AthenaClient(running.clientConfig), {
    QueryExecutionContext: { Database: 'bench' },
    ResultConfiguration: { OutputLocation: `s3://${running.bucket('results')}/bench/` },
  });
  const plans = await Promise.all(sql.map((text) => session.rows(`EXPLAIN ${text}`)));
  session.client.destroy();
  return plans.flat(2).filter((line) => line?.includes('TableScan') || line?.includes('ScanFilter')).length;
}

function show(values: number[]): string {
  return `${median(values).toFixed(0)} ms (${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)})`;
}
