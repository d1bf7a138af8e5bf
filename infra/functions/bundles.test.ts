import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { bundleFunction } from '../aws/pipeline/bundle.ts';
import { zones } from './testing/function-lake.ts';

const largestBytes = 420 * 1024;
/** The library that writes PDF has a megabyte; a function that runs once a week has no start to hurry. */
const largestReportBytes = 1600 * 1024;

it.each(['validate', 'redraft', 'quarantine', 'catalog', 'quality', 'lineage', 'report'])(
  'the bundle of %s loads, and is small enough to start fast',
  (name) => {
    Object.assign(process.env, {
      QUARANTINE_BUCKET: zones.quarantine,
      PROCESSED_BUCKET: zones.processed,
      RESULTS_BUCKET: zones.results,
      STATE_MACHINE_ARN: 'arn:aws:states:eu-west-3:000000000000:stateMachine:lacustre-ingest',
      DATABASE: 'retail',
      STAGED_DATABASE: 'retail_staged',
      PARTITION: 'aws',
      ACCOUNT: '000000000000',
      AWS_REGION: 'eu-west-3',
      WORK_GROUP: 'lacustre',
    });
    const file = path.join(bundleFunction(name), 'index.mjs');
    expect(statSync(file).size).toBeLessThan(name === 'report' ? largestReportBytes : largestBytes);
    // By Node itself, as Lambda does: the tests' own loader takes what Node refuses.
    const load = `const { handler } = await import(${JSON.stringify(file)}); console.log(typeof handler)`;
    expect(execFileSync(process.execPath, ['--input-type=module', '-e', load]).toString()).toBe('function\n');
  },
);
