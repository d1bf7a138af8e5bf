import 'server-only';
import { DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { z } from 'zod';
import type { Role } from '@/lib/auth/permissions';
import { AppError } from '@/lib/errors';
import { ambientClients } from './clients';
import { toAppError } from './errors';

const STACK_NAME = 'Lacustre';
const KEPT_MS = 5 * 60_000;

const Outputs = z.object({
  RawBucket: z.string(),
  QuarantineBucket: z.string(),
  ProcessedBucket: z.string(),
  ResultsBucket: z.string(),
  Database: z.string(),
  VersionsDatabase: z.string(),
  StagedDatabase: z.string(),
  WorkGroup: z.string(),
  StateMachineArn: z.string(),
  QualityFunction: z.string(),
  TransformJob: z.string(),
  Crawler: z.string(),
  TrailBucket: z.string(),
  TrailName: z.string(),
  AdministratorRoleArn: z.string(),
  EngineerRoleArn: z.string(),
  AnalystRoleArn: z.string(),
  ViewerRoleArn: z.string(),
});

/** The deployed lake: what the stack says it made. */
export interface Lake {
  rawBucket: string;
  quarantineBucket: string;
  processedBucket: string;
  resultsBucket: string;
  database: string;
  /** Where tables as they were at a moment are catalogued. */
  versionsDatabase: string;
  /** Where rows that wait for their table's rules are catalogued. */
  stagedDatabase: string;
  workGroup: string;
  stateMachineArn: string;
  /** Name of the function that evaluates the rules of a table. */
  qualityFunction: string;
  transformJob: string;
  crawler: string;
  /** Where CloudTrail keeps what is done to the lake. */
  trailBucket: string;
  trailName: string;
  roleArns: Record<Role, string>;
}

let kept: { lake: Promise<Lake>; until: number } | undefined;

/** The lake's names, asked of CloudFormation with the console's own credentials; a failure is not kept. */
export function getLake(now = Date.now()): Promise<Lake> {
  if (kept && now < kept.until) return kept.lake;
  const lake = describeStack();
  const entry = { lake, until: now + KEPT_MS };
  kept = entry;
  lake.catch(() => {
    if (kept === entry) kept = undefined;
  });
  return lake;
}

async function describeStack(): Promise<Lake> {
  const answer = await ambientClients()
    .cloudFormation.send(new DescribeStacksCommand({ StackName: STACK_NAME }))
    .catch((error: unknown) => {
      const reported = toAppError(error);
      // AWS: a stack that is not there is a ValidationError, "Stack with id Lacustre does not exist".
      throw /does not exist/.test(reported.message) ? notDeployed(error) : reported;
    });
  const outputs = Object.fromEntries(answer.Stacks?.[0]?.Outputs?.map((o) => [o.OutputKey ?? '', o.OutputValue]) ?? []);
  const parsed = Outputs.safeParse(outputs);
  if (!parsed.success) throw notDeployed(parsed.error);
  return toLake(parsed.data);
}

function toLake(outputs: z.infer<typeof Outputs>): Lake {
  return {
    rawBucket: outputs.RawBucket,
    quarantineBucket: outputs.QuarantineBucket,
    processedBucket: outputs.ProcessedBucket,
    resultsBucket: outputs.ResultsBucket,
    database: outputs.Database,
    versionsDatabase: outputs.VersionsDatabase,
    stagedDatabase: outputs.StagedDatabase,
    workGroup: outputs.WorkGroup,
    stateMachineArn: outputs.StateMachineArn,
    qualityFunction: outputs.QualityFunction,
    transformJob: outputs.TransformJob,
    crawler: outputs.Crawler,
    trailBucket: outputs.TrailBucket,
    trailName: outputs.TrailName,
    roleArns: {
      administrator: outputs.AdministratorRoleArn,
      engineer: outputs.EngineerRoleArn,
      analyst: outputs.AnalystRoleArn,
      viewer: outputs.ViewerRoleArn,
    },
  };
}

function notDeployed(cause: unknown): AppError {
  return new AppError(
    'UNAVAILABLE',
    `There is no complete stack ${STACK_NAME} here yet. Start the lake with "npm start", or deploy it with "npm run deploy".`,
    { cause, reason: 'lakeNotDeployed', details: { stack: STACK_NAME } },
  );
}
