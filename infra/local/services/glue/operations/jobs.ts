import { z } from 'zod';
import { withTags } from '../../../request-tags.ts';
import { type Operation, operation } from '../../../service.ts';
import type { GlueArns } from '../arns.ts';
import { type Job, JobInput, JobName, JobUpdate, maxConcurrentRunsOf, timeoutMinutesOf } from '../jobs/job.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { Paging, pageOf } from '../paging.ts';
import type { Tags } from '../tags.ts';

export function jobOperations(jobs: Jobs, arns: GlueArns, tags: Tags): Record<string, Operation> {
  return {
    CreateJob: operation({
      input: JobInput,
      access: ({ Name, Role, Tags }) => [...withTags(arns.onJob('CreateJob', Name), Tags), ...arns.passRole(Role)],
      run: async (input) => {
        await jobs.create(input);
        if (input.Tags) await tags.add(arns.job(input.Name), input.Tags);
        return { Name: input.Name };
      },
    }),
    UpdateJob: operation({
      input: z.object({ JobName, JobUpdate }),
      access: (input) => [...arns.onJob('UpdateJob', input.JobName), ...arns.passRole(input.JobUpdate.Role)],
      run: async (input) => {
        await jobs.update(input.JobName, input.JobUpdate);
        return { JobName: input.JobName };
      },
    }),
    GetJob: operation({
      input: z.object({ JobName }),
      access: (input) => arns.onJob('GetJob', input.JobName),
      run: (input) => ({ Job: jobOut(jobs.get(input.JobName)) }),
    }),
    GetJobs: operation({
      input: z.object(Paging),
      access: () => arns.onAnything('GetJobs'),
      run: (input) => {
        const { items, NextToken } = pageOf(jobs.list(), input, ({ Name }) => Name);
        return { Jobs: items.map(jobOut), NextToken };
      },
    }),
    ListJobs: operation({
      input: z.object({ ...Paging, Tags: z.record(z.string(), z.string()).optional() }),
      access: () => arns.onAnything('ListJobs'),
      run: ({ Tags: wanted = {}, ...paging }) => {
        const hasTags = ({ Name }: Job) => {
          const own = tags.list(arns.job(Name));
          return Object.entries(wanted).every(([key, value]) => own[key] === value);
        };
        const { items, NextToken } = pageOf(jobs.list().filter(hasTags), paging, ({ Name }) => Name);
        return { JobNames: items.map(({ Name }) => Name), NextToken };
      },
    }),
    BatchGetJobs: operation({
      input: z.object({ JobNames: z.array(JobName).max(25) }),
      access: ({ JobNames }) => JobNames.flatMap((name) => arns.onJob('BatchGetJobs', name)),
      run: ({ JobNames }) => ({
        Jobs: JobNames.map((name) => jobs.find(name))
          .filter((job) => job !== undefined)
          .map(jobOut),
        JobsNotFound: JobNames.filter((name) => !jobs.find(name)),
      }),
    }),
    DeleteJob: operation({
      input: z.object({ JobName }),
      access: (input) => arns.onJob('DeleteJob', input.JobName),
      run: async (input) => {
        await jobs.delete(input.JobName);
        await tags.forget(arns.job(input.JobName));
        return { JobName: input.JobName };
      },
    }),
  };
}

function jobOut({ createdAt, modifiedAt, ...job }: Job) {
  return {
    ...job,
    ExecutionProperty: { MaxConcurrentRuns: maxConcurrentRunsOf(job as Job) },
    MaxRetries: job.MaxRetries ?? 0,
    Timeout: timeoutMinutesOf(job as Job),
    CreatedOn: createdAt / 1000,
    LastModifiedOn: modifiedAt / 1000,
  };
}
