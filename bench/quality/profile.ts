import { familyMs, median } from '../measure.ts';
import type { Both } from '../query/compare-queries.ts';
import { FLIGHT_COLUMNS, runProfile } from './run-profile.ts';

const AIM = 1.5;

/**
 * The whole profile of 3,000,000 flights, with its histograms, frequent values, patterns, equal rows and correlations,
 * beside the engine's own SUMMARIZE, which has none of these.
 */
export async function benchProfile({ lake, bare, rounds, lakePid }: Both & { lakePid: number }): Promise<void> {
  const summarize = { type: 'all', sql: 'SUMMARIZE flights' } as const;
  const [profileMs, bareMs]: [number[], number[]] = [[], []];
  let [lakeCost, bareCost, steps] = [0, 0, ''];
  await runProfile(lake, 'flights', FLIGHT_COLUMNS);
  await bare.run(summarize);
  for (let round = 0; round < rounds; round += 1) {
    const [lakeBefore, bareBefore] = [familyMs(lakePid), familyMs(bare.pid)];
    const profile = await runProfile(lake, 'flights', FLIGHT_COLUMNS);
    profileMs.push(profile.ms);
    steps = profile.steps;
    bareMs.push((await bare.run(summarize)).ms);
    lakeCost += familyMs(lakePid) - lakeBefore;
    bareCost += familyMs(bare.pid) - bareBefore;
  }
  const ratio = median(profileMs) / median(bareMs);
  console.log(`\nProfile of 3,000,000 flights, medians of ${rounds} rounds (aim ≤ ${AIM}×)`);
  console.log(`  profile ${median(profileMs).toFixed(0)} ms (${steps})`);
  console.log(`  SUMMARIZE ${median(bareMs).toFixed(0)} ms`);
  console.log(`  ${ratio.toFixed(2)}×, processor ${(lakeCost / bareCost).toFixed(2)}×`);
}
