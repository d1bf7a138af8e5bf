import { median } from '../measure.ts';
import type { BareProcess } from './bare-process.ts';
import type { LakeQueries } from './lake-queries.ts';
import type { BenchQuery } from './queries.ts';

export interface Both {
  lake: LakeQueries;
  bare: BareProcess;
  rounds: number;
}

/** From here on the aim counts: below, a request's own way is most of the time. */
const COUNTED_FROM_MS = 100;
const POLL_MS = 2;

/** Each query in turns, once in the lake to its first page and once in the bare engine to its last row. */
export async function compareQueries(
  title: string,
  queries: BenchQuery[],
  { lake, bare, rounds }: Both,
): Promise<void> {
  console.log(
    `\n${title}: medians of ${rounds} rounds (least–most), lake to the first page, bare engine to the last row`,
  );
  const ratios: number[] = [];
  for (const { name, sql } of queries) {
    const [ofLake, ofBare, eachRound]: number[][] = [[], [], []];
    await lake.run(sql);
    await bare.run({ type: 'all', sql });
    for (let round = 0; round < rounds; round += 1) {
      const { firstPageMs } = await lake.run(sql, POLL_MS);
      const { ms } = await bare.run({ type: 'all', sql });
      ofLake?.push(firstPageMs);
      ofBare?.push(ms);
      eachRound?.push(firstPageMs / ms);
    }
    const ratio = median(ofLake ?? []) / median(ofBare ?? []);
    const isCounted = median(ofBare ?? []) >= COUNTED_FROM_MS;
    if (isCounted) ratios.push(ratio);
    console.log(
      `  ${name.padEnd(32)} lake ${show(ofLake ?? [])}  bare ${show(ofBare ?? [])}  ${ratio.toFixed(2)}×${isCounted ? '' : '  (below 100 ms)'}`,
    );
  }
  if (ratios.length > 0)
    console.log(
      `  of ${ratios.length} queries of ${COUNTED_FROM_MS} ms and more: median ${median(ratios).toFixed(2)}×, worst ${Math.max(...ratios).toFixed(2)}×`,
    );
}

function show(values: number[]): string {
  const range = `(${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)})`;
  return `${median(values).toFixed(0).padStart(6)} ms ${range.padEnd(12)}`;
}
