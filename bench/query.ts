/**
 * Queries of the local lake beside the bare engine on the same files, in turns; ratios from the medians of the rounds.
 *
 *   node bench/query.ts [queries trivial page neighbours] [--rounds 5] [--scale 1] [--only PATTERN]
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { LakeProcess } from '../infra/local/testing/lake-process.ts';
import { BareProcess } from './query/bare-process.ts';
import { compareQueries } from './query/compare-queries.ts';
import { flights, tpch } from './query/datasets.ts';
import { benchFirstPage } from './query/first-page.ts';
import { LakeQueries } from './query/lake-queries.ts';
import { benchNeighbours } from './query/neighbours.ts';
import { FLIGHTS, TPCH } from './query/queries.ts';
import { benchTrivial } from './query/trivial.ts';

const PARTS = ['queries', 'trivial', 'page', 'neighbours'];
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '5' },
    /** TPC-H's scale factor: 1 is 6,000,000 lines of orders; 0 leaves it out. */
    scale: { type: 'string', default: '1' },
    only: { type: 'string', default: '' },
  },
});
const unknown = positionals.filter((part) => !PARTS.includes(part));
if (unknown.length > 0) throw new Error(`unknown: ${unknown.join(' ')}; there are ${PARTS.join(' ')}`);
const isWanted = (part: string) => positionals.length === 0 || positionals.includes(part);
const rounds = Number(values.rounds);
const isNamed = ({ name }: { name: string }) => name.includes(values.only);

const ofFlights = flights();
const ofTpch = isWanted('queries') && values.scale !== '0' ? tpch(values.scale) : [];
const datasets = [...ofFlights, ...ofTpch];
const running = await LakeProcess.start();
const bare = await BareProcess.start(datasets);
try {
  const lake = await LakeQueries.start(running, datasets);
  console.log(`Node ${process.version}, ${cpus().length} cores`);
  const both = { lake, bare, rounds, lakePid: running.pid ?? 0 };
  if (isWanted('trivial')) await benchTrivial(lake, 300);
  if (isWanted('queries')) await compareQueries('3,000,000 flights', FLIGHTS.filter(isNamed), both);
  if (isWanted('queries') && ofTpch.length > 0)
    await compareQueries(`TPC-H, scale ${values.scale}`, TPCH.filter(isNamed), both);
  if (isWanted('page')) await benchFirstPage(both, running);
  if (isWanted('neighbours')) await benchNeighbours(lake, running, FLIGHTS[1]?.sql ?? '');
  lake.close();
} finally {
  bare.close();
  await running.close();
}
