import { type CallPlace, type IamCall, textOf, textsOf } from './iam-call.ts';

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonathena.html */
export function athenaCalls(place: CallPlace): IamCall[] {
  const { eventName } = place.record;
  return resourcesOf(place, eventName).map((resource) => ({ action: `athena:${eventName}`, resource }));
}

function resourcesOf(place: CallPlace, eventName: string): string[] {
  const { asked } = place;
  const arn = place.arn('athena');
  const tagged = textOf(asked, 'resourceARN');
  if (tagged) return [tagged];
  if (/^List(WorkGroups|DataCatalogs|EngineVersions)$/.test(eventName)) return ['*'];
  const catalog = textOf(asked, 'catalogName') ?? (/DataCatalog/.test(eventName) ? textOf(asked, 'name') : undefined);
  if (catalog) return [`${arn}datacatalog/${catalog}`];
  return workGroupsOf(place, eventName).map((name) => `${arn}workgroup/${name}`);
}

/** A query is named by its id alone once it runs: its work group stands in the record of its start. */
function workGroupsOf(place: CallPlace, eventName: string): string[] {
  const { asked } = place;
  const named = textOf(asked, 'workGroup') ?? (/WorkGroup/.test(eventName) ? textOf(asked, 'name') : undefined);
  if (named) return [named];
  const ids = [...textsOf(asked.queryExecutionIds), textOf(asked, 'queryExecutionId')];
  const found = ids.flatMap((id) => (id ? [place.workGroupOf(id) ?? '*'] : []));
  if (found.length > 0) return [...new Set(found)];
  return /^(StartQueryExecution|List(QueryExecutions|NamedQueries)|CreateNamedQuery)$/.test(eventName)
    ? ['primary']
    : ['*'];
}
