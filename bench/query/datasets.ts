/**
 * The data that queries are measured on, fetched by its own package manager into `.lacustre/peers`, used only here and
 * shipped with nothing: 3,000,000 flights of the npm package vega-datasets, and TPC-H as tpchgen-cli makes it, which
 * gives the bytes of TPC's own dbgen.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';

export interface Dataset {
  table: string;
  file: string;
}

const home = path.resolve(import.meta.dirname, '../../.lacustre/peers');
const TPCH_TABLES = ['customer', 'lineitem', 'nation', 'orders', 'part', 'partsupp', 'region', 'supplier'];

export function flights(): Dataset[] {
  const folder = path.join(home, 'vega-datasets');
  const file = path.join(folder, 'node_modules/vega-datasets/data/flights-3m.parquet');
  if (!existsSync(file)) {
    const options = ['--no-audit', '--no-fund', '--ignore-scripts'];
    mkdirSync(folder, { recursive: true });
    run('npm', ['install', '--prefix', folder, ...options, 'vega-datasets@3.2.1']);
  }
  return [{ table: 'flights', file }];
}

/** Nothing, with the reason printed, where there is no Python to get the generator with. */
export function tpch(scale: string): Dataset[] {
  const folder = path.join(home, 'tpch');
  const data = path.join(folder, `scale-${scale}`);
  try {
    const generator = path.join(folder, 'bin/tpchgen-cli');
    if (!existsSync(generator)) {
      run('python3', ['-m', 'venv', folder]);
      run(path.join(folder, 'bin/pip'), ['install', '-q', '--disable-pip-version-check', 'tpchgen-cli']);
    }
    if (!existsSync(path.join(data, 'lineitem.parquet')))
      run(generator, ['parquet', '-s', scale, '--output-dir', data, '--quiet']);
  } catch (error) {
    console.log(`TPC-H: not measured, since it could not be had here: ${(error as Error).message.split('\n', 1)[0]}`);
    return [];
  }
  return TPCH_TABLES.map((table) => ({ table, file: path.join(data, `${table}.parquet`) }));
}

function run(program: string, args: string[]): void {
  console.log(`getting data: ${[path.basename(program), ...args].join(' ')}`);
  execFileSync(program, args, { stdio: 'ignore' });
}
