/**
 * Amazon Athena: queries in Athena's SQL over the tables of the Glue catalog, run by DuckDB.
 *
 * Gaps: Spark sessions, notebooks, capacity reservations, other data catalogs, MERGE and all that needs
 * Iceberg; tables of ORC and Avro; EXPLAIN of TYPE IO. A statement, function or type that is not supported is refused by
 * its name.
 *
 * By design: the data scanned is counted from the column chunks a query needs, before it runs, so that the limit of a
 * work group refuses a query instead of stopping it halfway. Keys of JSON are found whatever their case by the first
 * 100,000 rows of each file. A blank line of delimited text is no row.
 *
 * Client quirks: the first row of a query's first page is the header, and counts as a row; the results of SHOW and
 * DESCRIBE have none, and DESCRIBE gives each line as one value.
 */
import type { Engine } from '../../engine/engine.ts';
import type { OperationService } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import type { Catalog } from '../glue/catalog.ts';
import type { ObjectStore } from '../s3/object-store.ts';
import { AthenaArns } from './arns.ts';
import { Executions } from './executions.ts';
import { NamedQueries } from './named-queries.ts';
import { executionOperations } from './operations/executions.ts';
import { metadataOperations } from './operations/metadata.ts';
import { namedQueryOperations } from './operations/named-queries.ts';
import { preparedStatementOperations } from './operations/prepared-statements.ts';
import { resultOperations } from './operations/results.ts';
import { workGroupOperations } from './operations/work-groups.ts';
import { PreparedStatements } from './prepared-statements.ts';
import { QueryRunner } from './query-runner.ts';
import { Translations } from './translations.ts';
import { WorkGroups } from './work-groups.ts';

export interface AthenaExtras {
  store: ObjectStore;
  engine: Engine;
  catalog: Catalog;
  /** For results while they are written; emptied at start. */
  workFolder: string;
}

export async function startAthenaService(ctx: ServiceContext, extras: AthenaExtras): Promise<OperationService> {
  const { store, engine, catalog, workFolder } = extras;
  const arns = new AthenaArns(ctx.region, ctx.account);
  const executions = new Executions(ctx.state);
  const workGroups = new WorkGroups(ctx.state);
  const prepared = new PreparedStatements(ctx.state);
  const parts = { ctx, store, engine, catalog, translations: new Translations(engine), prepared };
  const runner = await QueryRunner.start(parts, executions, workFolder);
  return {
    name: 'athena',
    protocol: 'json-1.1',
    targetPrefix: 'AmazonAthena',
    validationError: 'InvalidRequestException',
    operations: {
      ...executionOperations({ ctx, arns, executions, workGroups, runner }),
      ...resultOperations({ ctx, arns, executions, store }),
      ...workGroupOperations(ctx, arns, workGroups),
      ...namedQueryOperations(ctx, arns, workGroups, new NamedQueries(ctx.state)),
      ...preparedStatementOperations(ctx, arns, workGroups, prepared),
      ...metadataOperations(ctx, arns, catalog),
    },
    tagsOf: (arn) => workGroups.find(arn.split(':workgroup/', 2)[1] ?? '')?.tags,
    close: () => runner.close(),
  };
}
