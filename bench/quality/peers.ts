import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { median } from '../measure.ts';
import type { LakeQueries } from '../query/lake-queries.ts';
import { evaluateRules } from './rules.ts';
import { FLIGHT_COLUMNS, runProfile } from './run-profile.ts';

const AIM = 20;
const ROUNDS = 3;
const home = path.resolve(import.meta.dirname, '../../.lacustre/peers/profilers');
const python = path.join(home, 'bin/python');

interface Peer {
  name: string;
  packages: string[];
  /** Reads the file that its argument names, and prints its seconds. */
  script: string;
}

/** Each in a process of its own; the time begins once it is loaded, and includes reading the file, as ours does. */
const profiler = (name: string, options: string): Peer => ({
  name,
  packages: ['ydata-profiling==4.18.4', 'pyarrow', 'setuptools<81'],
  script: `import sys, time, warnings
warnings.filterwarnings('ignore')
import pandas
from ydata_profiling import ProfileReport
begun = time.time()
ProfileReport(pandas.read_parquet(sys.argv[1]), ${options}progress_bar=False).get_description()
print('seconds', time.time() - begun)`,
});

/** Ours has correlations, equal rows and extremes as well, which the minimal one leaves out. */
const PROFILERS = [profiler('ydata-profiling', ''), profiler('ydata-profiling (minimal)', 'minimal=True, ')];

/** Fifteen of the sixteen rules: it has none for the correlation of two columns. */
const CHECKER: Peer = {
  name: 'Great Expectations',
  packages: ['great-expectations==1.24.1', 'pyarrow'],
  script: `import sys, time, warnings
warnings.filterwarnings('ignore')
import pandas, great_expectations as gx
context = gx.get_context(mode='ephemeral')
e = gx.expectations
expectations = [e.ExpectTableRowCountToBeBetween(min_value=1000000)]
expectations += [e.ExpectColumnValuesToNotBeNull(column=c) for c in ('date', 'delay', 'distance', 'origin', 'destination')]
expectations += [
    e.ExpectColumnValuesToNotBeNull(column='delay', mostly=0.99),
    e.ExpectColumnValuesToBeBetween(column='distance', min_value=0),
    e.ExpectColumnValuesToBeBetween(column='delay', min_value=-1500, max_value=3000),
    e.ExpectColumnValuesToBeBetween(column='date', min_value=pandas.Timestamp('1999-01-01')),
    e.ExpectColumnValueLengthsToEqual(column='origin', value=3),
    e.ExpectColumnValueLengthsToEqual(column='destination', value=3),
    e.ExpectColumnMeanToBeBetween(column='delay', min_value=0, max_value=20),
    e.ExpectColumnStdevToBeBetween(column='delay', max_value=60),
    e.ExpectColumnSumToBeBetween(column='distance', min_value=1000),
]
suite = gx.ExpectationSuite(name='s', expectations=expectations)
begun = time.time()
frame = pandas.read_parquet(sys.argv[1])
asset = context.data_sources.add_pandas('p').add_dataframe_asset('a')
batch = asset.add_batch_definition_whole_dataframe('b').get_batch({'dataframe': frame})
outcome = batch.validate(suite, result_format='BOOLEAN_ONLY')
print('seconds', time.time() - begun, outcome.statistics)`,
};

/** The same file profiled and checked by tools that people use for it, where their packages can be had. */
export async function benchPeers(lake: LakeQueries, file: string): Promise<void> {
  const profile = await ours(async () => (await runProfile(lake, 'flights', FLIGHT_COLUMNS)).ms);
  console.log(`\nProfile of 3,000,000 flights beside other tools (aim ≥ ${AIM}×): ours ${profile.toFixed(0)} ms`);
  for (const peer of PROFILERS) show(peer, file, profile);
  const rules = await ours(() => evaluateRules(lake));
  console.log(`\nRules on 3,000,000 flights beside another tool (aim ≥ ${AIM}×): ours ${rules.toFixed(0)} ms`);
  show(CHECKER, file, rules);
}

async function ours(run: () => Promise<number>): Promise<number> {
  await run();
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) times.push(await run());
  return median(times);
}

function show(peer: Peer, file: string, ms: number): void {
  const seconds = timeOf(peer, file);
  if (typeof seconds === 'string') console.log(`  ${peer.name}: not measured, since ${seconds}`);
  else console.log(`  ${peer.name}: ${seconds.toFixed(1)} s, ${((seconds * 1000) / ms).toFixed(0)}× as long`);
}

/** Seconds, or why there are none. */
function timeOf({ packages, script }: Peer, file: string): number | string {
  mkdirSync(home, { recursive: true });
  if (!existsSync(python) && spawnSync('python3', ['-m', 'venv', home]).status !== 0)
    return 'there is no Python with venv here';
  const pip = spawnSync(python, ['-m', 'pip', 'install', '-q', '--disable-pip-version-check', ...packages], {
    encoding: 'utf8',
  });
  if (pip.status !== 0) return `its packages could not be had: ${lastLine(pip.stderr)}`;
  const run = spawnSync(python, ['-c', script, file], { encoding: 'utf8' });
  const seconds = /seconds ([\d.]+)/.exec(run.stdout)?.[1];
  return seconds === undefined ? `it failed: ${lastLine(run.stderr)}` : Number(seconds);
}

function lastLine(text: string): string {
  return text.trim().split('\n').at(-1) ?? '';
}
