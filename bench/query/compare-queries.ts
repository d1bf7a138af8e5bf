import { familyMs, median } from '../measure.ts';
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

interface Measured {
  lakeMs: number[];
  bareMs: number[];
  /** Processor time of all rounds, of the lake's process and its engines, and of the bare engine's process. */
  lakeProcessorMs: number;
  bareProcessorMs: number;
}

/**
 * Each query in turns, once in the lake to its first page and once in the bare engine to its last row. The machine's
 * other work makes both times longer, but adds little to the processor's.
 */
export async function compareQueries(title: string, queries: BenchQuery[], options: Both & { lakePid: number }) {
  console.log(
    `\n${title}: medians of ${options.rounds} rounds (least–most), lake to the first page, bare engine to the last row`,
  );
  const [ratios, costs]: [number[], number[]] = [[], []];
  for (const { name, sql } of queries) {
    const { lakeMs, bareMs, lakeProcessorMs, bareProcessorMs } = await measure(sql, options);
    const ratio = median(lakeMs) / median(bareMs);
    const cost = lakeProcessorMs / bareProcessorMs;
    const isCounted = median(bareMs) >= COUNTED_FROM_MS;
    if (isCounted) ratios.push(ratio);
    if (isCounted) costs.push(cost);
    const note = isCounted ? '' : '  (below 100 ms)';
    console.log(
      `  ${name.padEnd(32)} lake ${show(lakeMs)}  bare ${show(bareMs)}  ${ratio.toFixed(2)}×  processor ${cost.toFixed(2)}×${note}`,
    );
  }
  if (ratios.length === 0) return;
  const summary = (of: number[]) => `median ${median(of).toFixed(2)}×, worst ${Math.max(...of).toFixed(2)}×`;
  console.log(
    `  ${ratios.length} queries of ${COUNTED_FROM_MS} ms and more: ${summary(ratios)}; processor ${summary(costs)}`,
  );
}

async function measure(sql: string, { lake, bare, rounds, lakePid }: Both & { lakePid: number }): Promise<Measured> {
  const measured: Measured = { lakeMs: [], bareMs: [], lakeProcessorMs: 0, bareProcessorMs: 0 };
  await lake.run(sql);
  await bare.run({ type: 'all', sql });
  for (let round = 0; round < rounds; round += 1) {
    const [lakeBefore, bareBefore] = [familyMs(lakePid), familyMs(bare.pid)];
    measured.lakeMs.push((await lake.run(sql, POLL_MS)).firstPageMs);
    measured.bareMs.push((await bare.run({ type: 'all', sql })).ms);
    measured.lakeProcessorMs += familyMs(lakePid) - lakeBefore;
    measured.bareProcessorMs += familyMs(bare.pid) - bareBefore;
  }
  return measured;
}

function show(values: number[]): string {
  const range = `(${Math.min(...values).toFixed(0)}–${Math.max(...values).toFixed(0)})`;
  return `${median(values).toFixed(0).padStart(6)} ms ${range.padEnd(12)}`;
}
