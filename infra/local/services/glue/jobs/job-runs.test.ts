/** Runs of jobs through the SDK: queueing, stopping, timing out, and surviving the lake's death. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  BatchStopJobRunCommand,
  CreateJobCommand,
  DeleteJobCommand,
  GetJobCommand,
  GetJobRunCommand,
  GetJobRunsCommand,
  GetJobsCommand,
  StartJobRunCommand,
  UpdateJobCommand,
} from '@aws-sdk/client-glue';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jsonLog } from '../../../log.ts';
import { State } from '../../../state/state.ts';
import { csv, GlueLake, jobName, jobRole } from '../testing.ts';
import type { Job } from './job.ts';
import { JobFailure, type JobRun } from './job-run.ts';
import { type ExecuteRun, JobRuns } from './job-runs.ts';
import { Jobs } from './jobs.ts';

const definition = { Role: jobRole, Command: { Name: 'glueetl', ScriptLocation: 's3://assets/job.py' } };

describe('through the SDK', () => {
  let lake: GlueLake;
  beforeAll(async () => {
    lake = await GlueLake.start();
  });
  afterAll(() => lake.close());

  test('what is not there is told in AWS’s words', async () => {
    const { glue } = lake;
    const missing = { name: 'EntityNotFoundException' };
    await expect(glue.send(new GetJobCommand({ JobName: 'none' }))).rejects.toMatchObject(missing);
    await expect(glue.send(new StartJobRunCommand({ JobName: 'none' }))).rejects.toMatchObject({
      ...missing,
      message: 'Failed to start job run due to missing metadata',
    });
    await expect(glue.send(new GetJobRunCommand({ JobName: jobName, RunId: 'jr_1' }))).rejects.toMatchObject(missing);
    await expect(glue.send(new CreateJobCommand({ Name: jobName, ...definition }))).rejects.toMatchObject({
      name: 'AlreadyExistsException',
    });
    const { Errors } = await glue.send(new BatchStopJobRunCommand({ JobName: jobName, JobRunIds: ['jr_1'] }));
    expect(Errors).toMatchObject([{ JobRunId: 'jr_1', ErrorDetail: { ErrorCode: 'EntityNotFoundException' } }]);
  });

  test('a definition is kept whole, replaced whole, and deleted twice without complaint', async () => {
    const { glue } = lake;
    const nodes = {
      a: {
        S3CsvSource: { Name: 'a', Paths: ['s3://raw/a/'], Separator: 'comma' as const, QuoteChar: 'quote' as const },
      },
    };
    await glue.send(
      new CreateJobCommand({ Name: 'visual', ...definition, CodeGenConfigurationNodes: nodes, Timeout: 7 }),
    );
    const created = await glue.send(new GetJobCommand({ JobName: 'visual' }));
    expect(created.Job).toMatchObject({
      Name: 'visual',
      CodeGenConfigurationNodes: nodes,
      Timeout: 7,
      ExecutionProperty: { MaxConcurrentRuns: 1 },
    });
    await glue.send(new UpdateJobCommand({ JobName: 'visual', JobUpdate: { ...definition, Description: 'new' } }));
    const { Job: updated } = await glue.send(new GetJobCommand({ JobName: 'visual' }));
    expect(updated).toMatchObject({ Description: 'new', Timeout: 2880 });
    expect(updated?.CodeGenConfigurationNodes).toBeUndefined();
    const { Jobs: all = [] } = await glue.send(new GetJobsCommand({}));
    expect(all.map(({ Name }) => Name)).toEqual([jobName, 'visual']);
    for (let twice = 0; twice < 2; twice++) await glue.send(new DeleteJobCommand({ JobName: 'visual' }));
  });

  test('a job that only Spark could run fails, and says so', async () => {
    const { JobRunId = '' } = await lake.glue.send(new StartJobRunCommand({ JobName: jobName }));
    const run = await lake.ended(JobRunId);
    expect(run).toMatchObject({ JobRunState: 'FAILED', ErrorMessage: expect.stringMatching(/this lake has no Spark/) });
  });

  test('a run shows what it was started with, that of its job included', async () => {
    const { glue } = lake;
    await glue.send(
      new CreateJobCommand({
        Name: 'defaults',
        Role: jobRole,
        Command: { Name: 'glueetl' },
        WorkerType: 'G.1X',
        DefaultArguments: { '--a': 'job', '--b': 'job' },
        NonOverridableArguments: { '--c': 'job' },
      }),
    );
    const JobName = 'defaults';
    const show = async (RunId = '') => (await glue.send(new GetJobRunCommand({ JobName, RunId }))).JobRun;
    const Arguments = { '--b': 'run', '--c': 'run' };
    const first = await glue.send(new StartJobRunCommand({ JobName, Arguments, NumberOfWorkers: 3, Timeout: 60 }));
    expect(await show(first.JobRunId)).toMatchObject({
      Arguments: { '--a': 'job', '--b': 'run', '--c': 'job' },
      WorkerType: 'G.1X',
      NumberOfWorkers: 3,
      Timeout: 60,
    });
    await expect.poll(async () => (await show(first.JobRunId))?.CompletedOn).toBeDefined();
    const again = await glue.send(new StartJobRunCommand({ JobName, JobRunId: first.JobRunId, WorkerType: 'G.2X' }));
    expect(await show(again.JobRunId)).toMatchObject({
      PreviousRunId: first.JobRunId,
      Arguments: { '--b': 'run' },
      WorkerType: 'G.2X',
    });
    await expect(
      glue.send(new StartJobRunCommand({ JobName, AllocatedCapacity: 2, MaxCapacity: 5 })),
    ).rejects.toMatchObject({
      name: 'InvalidInputException',
      message: 'Please set only Allocated Capacity or Max Capacity',
    });
    await glue.send(new DeleteJobCommand({ JobName }));
  });

  test('wrong arguments are named', async () => {
    const { JobRunId = '' } = await lake.glue.send(
      new StartJobRunCommand({
        JobName: jobName,
        Arguments: { '--dataset': 'A b', '--contract': 'x', '--processed': 'p' },
      }),
    );
    expect((await lake.ended(JobRunId)).ErrorMessage).toMatch(
      /--dataset: must be lower-case.*--source: .*--contract: must be s3:/,
    );
  });

  test('runs that are asked for at once are done one after the other, in order', async () => {
    await lake.putContract('orders', [['id', 'bigint', true]]);
    const ids = [];
    for (let file = 0; file < 5; file++) {
      const key = `orders/${file}.csv`;
      ids.push(
        await lake.startTransform({
          key,
          ...(await lake.upload(key, `id\n${file}\n`)),
          format: csv('id'),
          execution: `o${file}`,
        }),
      );
    }
    const runs = await Promise.all(ids.map((id) => lake.ended(id)));
    expect(runs.map(({ JobRunState }) => JobRunState)).toEqual(Array(5).fill('SUCCEEDED'));
    const ends = runs.map(({ CompletedOn }) => Number(CompletedOn));
    expect(ends).toEqual([...ends].sort((a, b) => a - b));
    const { JobRuns: [newest] = [] } = await lake.glue.send(new GetJobRunsCommand({ JobName: jobName, MaxResults: 1 }));
    expect(newest?.Id).toBe(ids[4]);
    expect(await lake.rows('orders')).toHaveLength(5);
  });
});

describe('the scheduler', () => {
  const job: Job = { Name: 'job', Role: 'role', Command: {}, JobRunQueuingEnabled: true, createdAt: 0, modifiedAt: 0 };

  test('refuses a run too many where queueing is off', async () => {
    const { runs, jobs, close } = await open(() => new Promise(() => undefined));
    await jobs.create({ ...job, JobRunQueuingEnabled: false });
    await runs.startRun(jobs.get('job'));
    await expect(runs.startRun(jobs.get('job'))).rejects.toMatchObject({ code: 'ConcurrentRunsExceededException' });
    expect((await runs.startRun(jobs.get('job'), { isQueuingEnabled: true })).state).toBe('WAITING');
    await close('kill');
  });

  test('stops what runs and what waits, and ends what takes too long', async () => {
    const { runs, jobs, states, close } = await open((_run, _job, signal) => aborted(signal), 20);
    await jobs.create(job);
    const first = await runs.startRun(job, { timeoutMinutes: 1000 });
    const second = await runs.startRun(job);
    expect([first.state, second.state]).toEqual(['RUNNING', 'WAITING']);
    await runs.stop('job', second.id);
    await runs.stop('job', first.id);
    await until(() => runs.get('job', first.id).state === 'STOPPED');
    expect(await runs.stop('job', first.id)).toBe(false);
    const slow = await runs.startRun(job, { timeoutMinutes: 1 });
    await until(() => runs.get('job', slow.id).state === 'TIMEOUT');
    expect(runs.get('job', slow.id).errorMessage).toBe('Job run exceeded its timeout of 1 minutes.');
    // Listeners hear of a change after it can be read.
    await until(() => states.length === 7);
    expect(states).toEqual(['RUNNING', 'WAITING', 'STOPPED', 'STOPPING', 'STOPPED', 'RUNNING', 'TIMEOUT']);
    await close();
  });

  test('does again what was cut off, then what waited, after the lake was killed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'job-runs-'));
    const before = await open(() => new Promise(() => undefined), 60_000, folder);
    await before.jobs.create(job);
    const ids: string[] = [];
    for (let i = 0; i < 3; i++) ids.push((await before.runs.startRun(job)).id);
    await before.close('kill');
    const done: string[] = [];
    const after = await open(
      async (run) => {
        done.push(run.id);
        if (run.id === ids[1]) throw new JobFailure('no good');
      },
      60_000,
      folder,
    );
    await until(() => after.runs.list('job').every(({ state }) => state === 'SUCCEEDED' || state === 'FAILED'));
    expect(done).toEqual(ids);
    expect(after.runs.list('job').map(({ state, errorMessage }) => [state, errorMessage])).toEqual([
      ['SUCCEEDED', undefined],
      ['FAILED', 'no good'],
      ['SUCCEEDED', undefined],
    ]);
    await after.close();
    await rm(folder, { recursive: true });
  });
});

async function open(execute: ExecuteRun, minuteMs = 60_000, folder?: string) {
  const path = folder ?? (await mkdtemp(join(tmpdir(), 'job-runs-')));
  const state = State.open(path);
  const jobs = new Jobs(state, Date.now);
  let ids = 0;
  const states: string[] = [];
  const options = { state, jobs, execute, clock: Date.now, newId: () => `${Date.now()}-${ids++}`, minuteMs };
  const runs = await JobRuns.start({ ...options, log: jsonLog(() => undefined) });
  runs.onChanged(({ state: changed }: JobRun) => states.push(changed));
  /** `kill` leaves what runs to its fate, as a dead process would. */
  async function close(how?: 'kill') {
    if (how !== 'kill') await runs.close();
    await state.close();
    if (!folder) await rm(path, { recursive: true });
  }
  return { runs, jobs, states, close };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')));
  });
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
