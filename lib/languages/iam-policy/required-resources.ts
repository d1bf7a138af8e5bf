import { arnOf, parseArn } from './arn.ts';

/**
 * All that a policy must allow the action on, for a request about one resource. Glue asks for the catalog and the database
 * above a table as well, and for what is in a database that is listed or deleted.
 * https://docs.aws.amazon.com/glue/latest/dg/glue-specifying-resource-arns.html#data-catalog-resource-arns
 */
export function requiredResources(action: string, resource: string): string[] {
  const arn = parseArn(resource);
  if (arn?.service !== 'glue') return [resource];
  const [kind, database] = arn.resource.split('/');
  const catalog = arnOf(arn, 'catalog');
  if (kind === 'table' || kind === 'userDefinedFunction')
    return [catalog, arnOf(arn, `database/${database}`), resource];
  if (kind !== 'database') return [resource];
  return [catalog, resource, ...insideDatabase(action, database ?? '').map((inside) => arnOf(arn, inside))];
}

function insideDatabase(action: string, database: string): string[] {
  if (/^glue:(GetTables|SearchTables)$/i.test(action)) return [`table/${database}/*`];
  if (/^glue:DeleteDatabase$/i.test(action)) return [`table/${database}/*`, `userDefinedFunction/${database}/*`];
  return [];
}
