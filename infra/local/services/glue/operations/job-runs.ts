import { z } from 'zod';
import { AwsError, type Operation, operation } from '../../../service.ts';
import type { GlueArns } from '../arns.ts';
import { entityNotFound, invalidInput } from '../errors.ts';
import { type Job, JobName } from '../jobs/job.ts';
import type { JobRun } from '../jobs/job-run.ts';
import type { JobRuns } from '../jobs/job-runs.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { Paging, pageOf } from '../paging.ts';

const StartJobRun = z.object({
  JobName,
  JobRunId: z.string().optional(),
  Arguments: z.record(z.string(), z.string()).optional(),
  Timeout: z.number().int().min(1).optional(),
  JobRunQueuingEnabled: z.boolean().optional(),
  AllocatedCapacity: z.number().int().optional(),
  MaxCapacity: z.number().optional(),
  NumberOfWorkers: z.number().int().optional(),
  WorkerType: z.string().optional(),
  SecurityConfiguration: z.string().min(1).max(255).optional(),
});

export function jobRunOperations(jobs: Jobs, runs: JobRuns, arns: GlueArns): Record<string, Operation> {
  const out = (run: JobRun) => jobRunOut(run, jobs.find(run.jobName));
  return {
    StartJobRun: operation({
      input: StartJobRun,
      access: (input) => arns.onJob('StartJobRun', input.JobName),
      run: async ({ AllocatedCapacity, MaxCapacity, NumberOfWorkers, WorkerType, SecurityConfiguration, ...input }) => {
        if (AllocatedCapacity !== undefined && MaxCapacity !== undefined) {
          throw invalidInput('Please set only Allocated Capacity or Max Capacity');
        }
        const job = jobs.find(input.JobName);
        if (!job) throw entityNotFound('Failed to start job run due to missing metadata');
        // Naming a former run starts it again, with its arguments.
        const former = input.JobRunId === undefined ? undefined : runs.get(input.JobName, input.JobRunId);
        const run = await runs.startRun(job, {
          arguments: { ...former?.arguments, ...input.Arguments },
          timeoutMinutes: input.Timeout,
          isQueuingEnabled: input.JobRunQueuingEnabled,
          previousRunId: input.JobRunId,
          capacity: { AllocatedCapacity, MaxCapacity, NumberOfWorkers, WorkerType, SecurityConfiguration },
        });
        return { JobRunId: run.id };
      },
    }),
    GetJobRun: operation({
      input: z.object({ JobName, RunId: z.string() }),
      access: (input) => arns.onJob('GetJobRun', input.JobName),
      run: (input) => ({ JobRun: out(runs.get(input.JobName, input.RunId)) }),
    }),
    GetJobRuns: operation({
      input: z.object({ JobName, ...Paging }),
      access: (input) => arns.onJob('GetJobRuns', input.JobName),
      run: ({ JobName: name, ...paging }) => {
        const { items, NextToken } = pageOf(runs.list(jobs.get(name).Name), paging, ({ id }) => id);
        return { JobRuns: items.map(out), NextToken };
      },
    }),
    BatchStopJobRun: operation({
      input: z.object({ JobName, JobRunIds: z.array(z.string()).min(1).max(25) }),
      access: (input) => arns.onJob('BatchStopJobRun', input.JobName),
      run: async ({ JobName: name, JobRunIds }) => {
        const SuccessfulSubmissions = [];
        const Errors = [];
        for (const JobRunId of JobRunIds) {
          const error = await stopError(runs, name, JobRunId);
          if (!error) SuccessfulSubmissions.push({ JobName: name, JobRunId });
          else
            Errors.push({
              JobName: name,
              JobRunId,
              ErrorDetail: { ErrorCode: error.code, ErrorMessage: error.message },
            });
        }
        return { SuccessfulSubmissions, Errors };
      },
    }),
  };
}

async function stopError(runs: JobRuns, jobName: string, id: string): Promise<AwsError | undefined> {
  try {
    if (await runs.stop(jobName, id)) return undefined;
    return new AwsError('InvalidInputException', `Job run ${id} is over.`);
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}

function jobRunOut(run: JobRun, job: Job | undefined) {
  const end = run.completedAt ?? run.modifiedAt;
  return {
    Id: run.id,
    Attempt: 0,
    JobName: run.jobName,
    StartedOn: run.startedAt / 1000,
    LastModifiedOn: run.modifiedAt / 1000,
    CompletedOn: run.completedAt === undefined ? undefined : run.completedAt / 1000,
    JobRunState: run.state,
    Arguments: run.arguments,
    ErrorMessage: run.errorMessage,
    PredecessorRuns: [],
    ExecutionTime: run.runningSince === undefined ? 0 : Math.round((end - run.runningSince) / 1000),
    Timeout: run.timeoutMinutes,
    LogGroupName: '/aws-glue/jobs',
    GlueVersion: job?.GlueVersion,
    PreviousRunId: run.previousRunId,
    WorkerType: run.capacity?.WorkerType ?? job?.WorkerType,
    NumberOfWorkers: run.capacity?.NumberOfWorkers ?? job?.NumberOfWorkers,
    AllocatedCapacity: run.capacity?.AllocatedCapacity ?? job?.AllocatedCapacity,
    MaxCapacity: run.capacity?.MaxCapacity ?? job?.MaxCapacity,
    SecurityConfiguration: run.capacity?.SecurityConfiguration ?? job?.SecurityConfiguration,
    JobRunQueuingEnabled: job?.JobRunQueuingEnabled,
  };
}
