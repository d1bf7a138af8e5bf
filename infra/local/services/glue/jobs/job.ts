/** A job's definition: https://docs.aws.amazon.com/glue/latest/webapi/API_CreateJob.html */
import { z } from 'zod';

const Arguments = z.record(z.string(), z.string());

export const JobUpdate = z.object({
  JobMode: z.enum(['SCRIPT', 'VISUAL', 'NOTEBOOK']).optional(),
  JobRunQueuingEnabled: z.boolean().optional(),
  Description: z.string().max(2048).optional(),
  LogUri: z.string().optional(),
  Role: z.string().min(1),
  ExecutionProperty: z.object({ MaxConcurrentRuns: z.number().int().min(1).optional() }).optional(),
  Command: z.object({
    Name: z.string().optional(),
    ScriptLocation: z.string().optional(),
    PythonVersion: z.string().optional(),
    Runtime: z.string().optional(),
  }),
  DefaultArguments: Arguments.optional(),
  NonOverridableArguments: Arguments.optional(),
  Connections: z.object({ Connections: z.array(z.string()).optional() }).optional(),
  MaxRetries: z.number().int().min(0).optional(),
  AllocatedCapacity: z.number().optional(),
  /** Minutes. */
  Timeout: z.number().int().min(1).optional(),
  MaxCapacity: z.number().optional(),
  SecurityConfiguration: z.string().optional(),
  NotificationProperty: z.object({ NotifyDelayAfter: z.number().optional() }).optional(),
  GlueVersion: z.string().optional(),
  NumberOfWorkers: z.number().int().optional(),
  WorkerType: z.string().optional(),
  /** Kept as it comes; the run reads it, and fails by name on nodes it does not know. */
  CodeGenConfigurationNodes: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  ExecutionClass: z.string().optional(),
  SourceControlDetails: z.record(z.string(), z.unknown()).optional(),
  MaintenanceWindow: z.string().optional(),
});
export type JobUpdate = z.infer<typeof JobUpdate>;

export const JobName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^\n\r\t]+$/, 'must be a single line');

export const JobInput = JobUpdate.extend({ Name: JobName, Tags: z.record(z.string(), z.string()).optional() });
export type JobInput = z.infer<typeof JobInput>;

export interface Job extends JobUpdate {
  Name: string;
  createdAt: number;
  modifiedAt: number;
}

/** Minutes; what AWS gives a job that names none. */
const defaultTimeoutMinutes = 2880;

export const timeoutMinutesOf = (job: Job, requested?: number): number =>
  requested ?? job.Timeout ?? defaultTimeoutMinutes;
export const maxConcurrentRunsOf = (job: Job): number => job.ExecutionProperty?.MaxConcurrentRuns ?? 1;
