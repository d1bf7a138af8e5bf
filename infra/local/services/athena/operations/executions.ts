import { z } from 'zod';
import { parseCreateTable } from '../../../../../lib/languages/trino-sql/create-table.ts';
import { parseStatement } from '../../../../../lib/languages/trino-sql/parse-statement.ts';
import { parseQuery } from '../../../../../lib/languages/trino-sql/query-parser.ts';
import { SqlError } from '../../../../../lib/languages/trino-sql/sql-error.ts';
import { type Statement, statementClass } from '../../../../../lib/languages/trino-sql/statement.ts';
import { type Access, type Caller, type Operation, operation } from '../../../service.ts';
import type { ServiceContext } from '../../../service-context.ts';
import type { AthenaArns } from '../arns.ts';
import { DATA_CATALOG } from '../catalog-access.ts';
import { invalidRequest } from '../errors.ts';
import { type Execution, isOver, NO_STATISTICS, resultUri } from '../execution.ts';
import type { Executions } from '../executions.ts';
import { pageOf } from '../paging.ts';
import type { QueryRunner } from '../query-runner.ts';
import { ResultReuseConfiguration, reuseMinutes } from '../result-reuse.ts';
import { isSupported } from '../run-statement.ts';
import { parseS3Location } from '../s3-location.ts';
import {
  EFFECTIVE_ENGINE_VERSION,
  ResultConfiguration,
  type WorkGroup,
  WorkGroupName,
  type WorkGroups,
} from '../work-groups.ts';

/**
 * How long the question after a query that still runs may wait for its end. Clients ask again and again: who is answered
 * at the end, in about the time that AWS takes for any answer, asks less, and knows of it at once.
 */
const HELD_MS = 100;

const QueryExecutionId = z.string().regex(/^[\w-]{1,128}$/);

const StartQueryExecution = z.object({
  QueryString: z.string().min(1).max(262_144),
  ClientRequestToken: z.string().min(32).max(128).optional(),
  QueryExecutionContext: z.object({ Database: z.string().optional(), Catalog: z.string().optional() }).optional(),
  ResultConfiguration: ResultConfiguration.optional(),
  WorkGroup: WorkGroupName.default('primary'),
  ExecutionParameters: z.array(z.string().min(1).max(1024)).optional(),
  ResultReuseConfiguration: ResultReuseConfiguration.optional(),
});
type StartQueryExecution = z.infer<typeof StartQueryExecution>;

export interface ExecutionParts {
  ctx: ServiceContext;
  arns: AthenaArns;
  executions: Executions;
  workGroups: WorkGroups;
  runner: QueryRunner;
}

export function executionOperations({
  ctx,
  arns,
  executions,
  workGroups,
  runner,
}: ExecutionParts): Record<string, Operation> {
  /** Permission on an execution is permission on its work group. */
  const onExecution = (action: string, id: string): Access[] => arns.onWorkGroup(action, executions.get(id).workGroup);

  const start = async (input: StartQueryExecution, caller: Caller) => {
    const group = workGroups.get(input.WorkGroup);
    if (group.state === 'DISABLED') throw invalidRequest(`WorkGroup ${group.name} is disabled.`);
    const execution = newExecution(input, group, caller, ctx);
    const fingerprint = JSON.stringify({ ...input, ClientRequestToken: undefined });
    const { id } = await runner.add(execution, (kept) => executions.add(kept, input.ClientRequestToken, fingerprint));
    return { QueryExecutionId: id };
  };

  return {
    StartQueryExecution: operation({
      input: StartQueryExecution,
      access: ({ WorkGroup }) => arns.onWorkGroup('StartQueryExecution', WorkGroup),
      run: start,
    }),
    GetQueryExecution: operation({
      input: z.object({ QueryExecutionId }),
      access: ({ QueryExecutionId: id }) => onExecution('GetQueryExecution', id),
      run: async ({ QueryExecutionId: id }, { signal }) => ({
        QueryExecution: executionOut(await executions.soon(id, HELD_MS, signal)),
      }),
    }),
    BatchGetQueryExecution: operation({
      input: z.object({ QueryExecutionIds: z.array(QueryExecutionId).min(1).max(50) }),
      access: ({ QueryExecutionIds }) => {
        const found = QueryExecutionIds.flatMap((id) => executions.find(id) ?? []);
        return found.flatMap(({ workGroup }) => arns.onWorkGroup('BatchGetQueryExecution', workGroup));
      },
      run: ({ QueryExecutionIds }) => batchOut(QueryExecutionIds, executions),
    }),
    ListQueryExecutions: operation({
      input: z.object({
        NextToken: z.string().optional(),
        MaxResults: z.number().int().min(0).max(50).optional(),
        WorkGroup: WorkGroupName.default('primary'),
      }),
      access: ({ WorkGroup }) => arns.onWorkGroup('ListQueryExecutions', WorkGroup),
      run: ({ WorkGroup, NextToken, MaxResults }) => {
        workGroups.get(WorkGroup);
        const limit = MaxResults || 50;
        const after = NextToken === undefined ? undefined : Buffer.from(NextToken, 'base64url').toString();
        const ids = executions.list(WorkGroup, limit + 1, after);
        const page = pageOf(ids, { MaxResults: limit }, (id) => id);
        return { QueryExecutionIds: page.items, NextToken: page.NextToken };
      },
    }),
    StopQueryExecution: operation({
      input: z.object({ QueryExecutionId }),
      access: ({ QueryExecutionId: id }) => onExecution('StopQueryExecution', id),
      run: async ({ QueryExecutionId: id }) => {
        if (!isOver(executions.get(id))) await runner.stop(id);
        return {};
      },
    }),
    GetQueryRuntimeStatistics: operation({
      input: z.object({ QueryExecutionId }),
      access: ({ QueryExecutionId: id }) => onExecution('GetQueryRuntimeStatistics', id),
      run: ({ QueryExecutionId: id }) => ({ QueryRuntimeStatistics: runtimeStatistics(executions.get(id)) }),
    }),
  };
}

function newExecution(input: StartQueryExecution, group: WorkGroup, caller: Caller, ctx: ServiceContext): Execution {
  const statement = checkStatement(input.QueryString);
  const id = ctx.newId();
  const context = input.QueryExecutionContext ?? {};
  const catalog = context.Catalog ?? 'AwsDataCatalog';
  if (catalog.toLowerCase() !== DATA_CATALOG) throw invalidRequest(`Catalog ${catalog} does not exist`);
  const { bucket, prefix } = parseS3Location(outputLocation(input, group));
  const type = statementClass(statement);
  return {
    id,
    query: input.QueryString,
    statementType: type,
    substatementType: statement.type,
    workGroup: group.name,
    catalog: catalog.toLowerCase(),
    database: (context.Database ?? 'default').toLowerCase(),
    output: { bucket, key: `${prefix}${id}.${isTabular(statement) ? 'csv' : 'txt'}` },
    parameters: input.ExecutionParameters ?? [],
    principal: caller.principal,
    maxScannedBytes: group.configuration.BytesScannedCutoffPerQuery,
    reuseMinutes: reuseMinutes(input.ResultReuseConfiguration),
    state: 'QUEUED',
    submittedAt: ctx.clock(),
    statistics: NO_STATISTICS,
  };
}

/** Whether the result has columns, and not lines. What EXECUTE stands for is mostly a query. */
function isTabular(statement: Statement): boolean {
  return statement.type === 'SELECT' || statement.type === 'EXECUTE';
}

/** Athena reads a statement before it takes it: what cannot be one is refused at once. */
function checkStatement(sql: string): Statement {
  try {
    const statement = parseStatement(sql);
    if (statement.type === 'SELECT') parseQuery(sql);
    if (statement.type === 'EXPLAIN') parseQuery(statement.query);
    if (statement.type === 'PREPARE') checkStatement(statement.query);
    if (statement.type === 'CREATE_TABLE') parseCreateTable(statement.tokens);
    if (isSupported(statement)) return statement;
    const what = statement.type === 'UNSUPPORTED' ? statement.what : statement.type.replaceAll('_', ' ');
    throw invalidRequest(`Queries of this type are not supported by the local lake: ${what}`, 'NOT_SUPPORTED');
  } catch (error) {
    if (error instanceof SqlError) throw invalidRequest(error.message, 'MALFORMED_QUERY');
    throw error;
  }
}

/** https://docs.aws.amazon.com/athena/latest/ug/workgroups-settings-override.html */
function outputLocation(input: StartQueryExecution, { configuration }: WorkGroup): string {
  const ofGroup = configuration.ResultConfiguration?.OutputLocation;
  const asked = input.ResultConfiguration?.OutputLocation;
  const location = configuration.EnforceWorkGroupConfiguration && ofGroup ? ofGroup : (asked ?? ofGroup);
  if (location) return location;
  throw invalidRequest(
    'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
  );
}

function batchOut(ids: string[], executions: Executions) {
  const found = ids.flatMap((id) => executions.find(id) ?? []);
  const missing = ids.filter((id) => !found.some((execution) => execution.id === id));
  return {
    QueryExecutions: found.map(executionOut),
    UnprocessedQueryExecutionIds: missing.map((id) => ({
      QueryExecutionId: id,
      ErrorCode: 'INVALID_INPUT',
      ErrorMessage: `QueryExecution ${id} was not found`,
    })),
  };
}

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_QueryExecution.html */
function executionOut(execution: Execution) {
  const { state, reason, error, statistics } = execution;
  return {
    QueryExecutionId: execution.id,
    Query: execution.query,
    StatementType: execution.statementType,
    SubstatementType: execution.substatementType,
    ResultConfiguration: { OutputLocation: resultUri(execution) },
    ResultReuseConfiguration: {
      ResultReuseByAgeConfiguration: {
        Enabled: execution.reuseMinutes !== undefined,
        MaxAgeInMinutes: execution.reuseMinutes,
      },
    },
    QueryExecutionContext: { Database: execution.database, Catalog: execution.catalog },
    Status: {
      State: state,
      StateChangeReason: reason,
      SubmissionDateTime: execution.submittedAt / 1000,
      CompletionDateTime: execution.completedAt === undefined ? undefined : execution.completedAt / 1000,
      AthenaError: error && {
        ErrorCategory: error.category,
        ErrorType: error.type,
        Retryable: error.isRetryable,
        ErrorMessage: reason,
      },
    },
    Statistics: {
      EngineExecutionTimeInMillis: Math.round(statistics.planningMs + statistics.engineMs),
      DataScannedInBytes: statistics.scannedBytes,
      DataManifestLocation: execution.dataManifest,
      TotalExecutionTimeInMillis: Math.round(statistics.totalMs),
      QueryQueueTimeInMillis: Math.round(statistics.queueMs),
      QueryPlanningTimeInMillis: Math.round(statistics.planningMs),
      ServiceProcessingTimeInMillis: Math.round(statistics.serviceMs),
      ResultReuseInformation: { ReusedPreviousResult: execution.isReused ?? false },
    },
    WorkGroup: execution.workGroup,
    EngineVersion: { SelectedEngineVersion: 'AUTO', EffectiveEngineVersion: EFFECTIVE_ENGINE_VERSION },
    ExecutionParameters: execution.parameters.length > 0 ? execution.parameters : undefined,
  };
}

function runtimeStatistics({ statistics, rowCount }: Execution) {
  return {
    Timeline: {
      QueryQueueTimeInMillis: Math.round(statistics.queueMs),
      QueryPlanningTimeInMillis: Math.round(statistics.planningMs),
      EngineExecutionTimeInMillis: Math.round(statistics.planningMs + statistics.engineMs),
      ServiceProcessingTimeInMillis: Math.round(statistics.serviceMs),
      TotalExecutionTimeInMillis: Math.round(statistics.totalMs),
    },
    Rows: { InputBytes: statistics.scannedBytes, OutputRows: rowCount },
  };
}
