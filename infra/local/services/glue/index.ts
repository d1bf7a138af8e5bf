/**
 * AWS Glue: the data catalog, visual jobs and crawlers.
 *
 * Gaps: triggers, workflows, connections, classifiers, schema registry, ML transforms, user-defined functions, column
 * statistics, data quality rulesets, resource policies and Lake Formation are not here and answer UnknownOperation.
 *
 * By design: there is no Spark. A job runs when it is a graph of nodes this lake knows (lib/languages/job-graph), and
 * fails by name of the node, or for want of a graph, when it is not; its script is never executed here.
 *
 * Client quirks: names of databases and tables come back in lower case, as from AWS. Times are seconds in JSON 1.1.
 */
import type { OperationService } from '../../service.ts';
import type { ServiceContext } from '../../service-context.ts';
import { GlueArns } from './arns.ts';
import { Catalog } from './catalog.ts';
import { databaseOperations } from './operations/databases.ts';
import { partitionOperations } from './operations/partitions.ts';
import { tableOperations } from './operations/tables.ts';
import { tagOperations } from './operations/tags.ts';
import { Tags } from './tags.ts';

export interface GlueService extends OperationService {
  catalog: Catalog;
}

export async function startGlueService(ctx: ServiceContext): Promise<GlueService> {
  const arns = new GlueArns(ctx.region, ctx.account);
  const catalog = new Catalog(ctx.state, ctx.clock);
  const tags = new Tags(ctx.state);
  return {
    name: 'glue',
    protocol: 'json-1.1',
    targetPrefix: 'AWSGlue',
    operations: {
      ...databaseOperations(catalog, arns, ctx.account, tags),
      ...tableOperations(catalog, arns, ctx.account),
      ...partitionOperations(catalog, arns, ctx.account),
      ...tagOperations(tags),
    },
    catalog,
  };
}
