import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { median } from '../measure.ts';
import type { LakeQueries } from '../query/lake-queries.ts';
import { FLIGHT_COLUMNS, runProfile } from './run-profile.ts';

const AIM = 20;
const home = path.resolve(import.meta.dirname, '../../.lacustre/peers/profilers');
const python = path.join(home, 'bin/python');

interface Peer {
  name: string;
  packages: string[];
  /** Reads the file that its argument names, and prints its seconds. */
  script: string;
}

/** Each in a process of its own; the time begins once it is loaded, and includes reading the file, as ours does. */
const PEERS: Peer[] = [
  {
    name: 'ydata-profiling (minimal)',
    packages: ['ydata-profiling==4.18.4', 'pyarrow', 'setuptools<81'],
    script: `import sys, time, warnings
warnings.filterwarnings('ignore')
import pandas
from ydata_profiling import ProfileReport
begun = time.time()
ProfileReport(pandas.read_parquet(sys.argv[1]), minimal=True, progress_bar=False).get_description()
print('seconds', time.time() - begun)`,
  },
  {
    name: 'Great Expectations',
    packages: ['great-expectations==1.24.1', 'pyarrow'],
    script: `import sys, time, warnings
warnings.filterwarnings('ignore')
import pandas, great_expectations as gx
context = gx.get_context(mode='ephemeral')
begun = time.time()
frame = pandas.read_parquet(sys.argv[1])
batch = context.data_sources.add_pandas('p').add_dataframe_asset('a').add_batch_definition_whole_dataframe('b')
suite = context.suites.add(gx.ExpectationSuite(name='s'))
e = gx.expectations
for c in frame.columns:
    suite.add_expectation(e.ExpectColumnValuesToNotBeNull(column=c))
    suite.add_expectation(e.ExpectColumnUniqueValueCountToBeBetween(column=c, min_value=0))
    if frame[c].dtype != object and 'str' not in str(frame[c].dtype):
        suite.add_expectation(e.ExpectColumnMinToBeBetween(column=c))
        suite.add_expectation(e.ExpectColumnMaxToBeBetween(column=c))
    if str(frame[c].dtype).startswith(('int', 'float')):
        suite.add_expectation(e.ExpectColumnMeanToBeBetween(column=c))
        suite.add_expectation(e.ExpectColumnStdevToBeBetween(column=c))
        suite.add_expectation(e.ExpectColumnQuantileValuesToBeBetween(column=c, quantile_ranges={'quantiles': [0.05, 0.25, 0.5, 0.75, 0.95], 'value_ranges': [[None, None]] * 5}))
validation = context.validation_definitions.add(gx.ValidationDefinition(name='v', data=batch, suite=suite))
validation.run(batch_parameters={'dataframe': frame}, result_format='SUMMARY')
print('seconds', time.time() - begun)`,
  },
];

/** The same file profiled by tools that people use for it, where their packages can be had. */
export async function benchPeers(lake: LakeQueries, file: string): Promise<void> {
  const ours: number[] = [];
  for (let round = 0; round < 3; round += 1) ours.push((await runProfile(lake, 'flights', FLIGHT_COLUMNS)).ms);
  const ms = median(ours);
  console.log(`\nProfile of 3,000,000 flights beside other tools (aim ≥ ${AIM}×): ours ${ms.toFixed(0)} ms`);
  for (const peer of PEERS) {
    const seconds = timeOf(peer, file);
    if (typeof seconds === 'string') console.log(`  ${peer.name}: not measured, since ${seconds}`);
    else console.log(`  ${peer.name}: ${seconds.toFixed(1)} s, ${((seconds * 1000) / ms).toFixed(0)}× as long`);
  }
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
