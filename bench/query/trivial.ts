import { quantile } from '../measure.ts';
import type { LakeQueries } from './lake-queries.ts';

/** The way around a query: all requests that a client needs for one row, asking again and again without a pause. */
export async function benchTrivial(lake: LakeQueries, count: number): Promise<void> {
  const texts: Record<string, (n: number) => string> = {
    'SELECT 1': () => 'SELECT 1',
    'SELECT 1, each time another text': (n) => `SELECT ${n} AS n`,
  };
  console.log(`\nA trivial query through the SDK, start to its row, ${count} times`);
  for (const [name, sql] of Object.entries(texts)) {
    const times: number[] = [];
    const succeeded: number[] = [];
    for (let n = -20; n < count; n += 1) {
      const { firstPageMs, succeededMs } = await lake.run(sql(n));
      if (n >= 0) {
        times.push(firstPageMs);
        succeeded.push(succeededMs);
      }
    }
    const show = (share: number) => quantile(times, share).toFixed(1);
    console.log(
      `  ${name.padEnd(34)} p50 ${show(0.5)} ms  p90 ${show(0.9)} ms  p99 ${show(0.99)} ms  (SUCCEEDED p50 ${quantile(succeeded, 0.5).toFixed(1)} ms)`,
    );
  }
}
