/**
 * What looking after quality costs, beside the same work written by hand and beside the bare engine; ratios from the
 * medians of the rounds.
 *
 *   node bench/quality.ts [rules] [--rounds 5]
 */
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { LakeProcess } from '../infra/local/testing/lake-process.ts';
import { benchRules } from './quality/rules.ts';
import { BareProcess } from './query/bare-process.ts';
import { flights } from './query/datasets.ts';
import { LakeQueries } from './query/lake-queries.ts';

const PARTS = ['rules'];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string', default: '5' } },
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
  lake.close();
} finally {
  bare.close();
  await running.close();
}
