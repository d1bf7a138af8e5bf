/**
 * What looking after quality costs, beside the same work written by hand, the bare engine and other tools; ratios from the medians of the rounds.
 *
 *   node bench/quality.ts [rules profile memory peers] [--rounds 5] [--rows 100000000]
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { LakeProcess } from '../infra/local/testing/lake-process.ts';
import { benchMemory } from './quality/memory.ts';
import { benchPeers } from './quality/peers.ts';
import { benchProfile } from './quality/profile.ts';
import { benchRules } from './quality/rules.ts';
import { BareProcess } from './query/bare-process.ts';
import { flights } from './query/datasets.ts';
import { LakeQueries } from './query/lake-queries.ts';

const PARTS = ['rules', 'profile', 'memory', 'peers'];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    /** Of the table whose profile's memory is measured. */
    rows: { type: 'string', default: '100000000' },
  },
});
const unknown = positionals.filter((part) => !PARTS.includes(part));
if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(' ')}; there are ${PARTS.join(' ')}`);
const isWanted = (part: string) => positionals.length === 0 || positionals.includes(part);

const datasets = flights();
const running = await LakeProcess.start();
const bare = await BareProcess.start(datasets);
try {
  const lake = await LakeQueries.start(running, datasets);
  console.log(`Node ${process.version}, ${cpus().length} cores, load ${loadavg()[0]?.toFixed(1)}`);
  const both = { lake, bare, rounds: Number(values.rounds), lakePid: running.pid ?? 0 };
  if (isWanted('rules')) await benchRules(both, running);
  if (isWanted('profile')) await benchProfile(both);
  if (isWanted('peers')) await benchPeers(lake, datasets[0]?.file ?? '');
  if (isWanted('memory')) await benchMemory(lake, running, Number(values.rows));
  lake.close();
} finally {
  bare.close();
  await running.close();
}
