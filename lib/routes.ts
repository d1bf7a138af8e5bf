/** Every address of the console, built in one place; pages and tests never write one by hand. */
const at = (base: string, query: Record<string, string | readonly string[] | undefined>) => {
  const set = Object.entries(query).flatMap(([name, value]) => [value ?? []].flat().map((each) => [name, each]));
  return set.length ? `${base}?${new URLSearchParams(set)}` : base;
};
const segment = encodeURIComponent;

/** Where a statement stands on the page of its role: no two policies of a role share a name. */
export const statementAnchor = ({ policy, index }: { policy: string; index: number }) => `${policy}-${index}`;

export const routes = {
  home: () => '/',
  signIn: (callbackUrl?: string) => at('/sign-in', { callbackUrl }),
  /** Why the identity provider's answer let nobody in. */
  signInProblem: () => '/sign-in/problem',
  /** Where somebody who was invited chooses a name and a password. */
  invitation: (token: string) => `/invitation/${segment(token)}`,
  upload: () => '/upload',
  /** The catalog, filtered as the address says: `DatasetsSearch` of the page has the names. */
  datasets: (query: Record<string, string | readonly string[] | undefined> = {}) => at('/datasets', query),
  /** Crawlers, and the dry run of one or of a folder: `CrawlerSearch` of the page has the names. Beside the datasets, whose names may be any. */
  crawlers: (query: Record<string, string | readonly string[] | undefined> = {}) => at('/crawlers', query),
  /** `table` of the lake's own database, or `database.table`. */
  dataset: (table: string) => `/datasets/${segment(table)}`,
  datasetPartitions: (table: string, query: { where?: string; after?: string } = {}) =>
    at(`/datasets/${segment(table)}/partitions`, query),
  datasetRuns: (table: string) => `/datasets/${segment(table)}/runs`,
  /** What happened to a dataset, newest first; `after` as many events. */
  datasetVersions: (dataset: string, query: { after?: string } = {}) =>
    at(`/datasets/${segment(dataset)}/versions`, query),
  datasetLineage: (table: string) => `/datasets/${segment(table)}/lineage`,
  /** Saves the OpenLineage events of a dataset. */
  lineageEvents: (dataset: string) => `/api/datasets/${segment(dataset)}/lineage`,
  datasetQueries: (table: string) => `/datasets/${segment(table)}/queries`,
  datasetAccess: (table: string) => `/datasets/${segment(table)}/access`,
  /** What a table's columns hold; with `from` and `to`, two profiles of it beside each other. */
  datasetProfile: (table: string, query: { from?: string; to?: string } = {}) =>
    at(`/datasets/${segment(table)}/profile`, query),
  /** A folder of a zone; `search`: only names that begin so; `deleted`: the files that were deleted there. */
  files: (query: { zone?: string; prefix?: string; search?: string; deleted?: 'yes'; after?: string } = {}) =>
    at('/files', query),
  /** One file: its timeline; with a version, what is known of that version. */
  file: (query: { zone: string; key: string; version?: string; after?: string; before?: string }) =>
    at('/files/file', query),
  /** `by` are the columns that tell rows apart, where a person has picked them. */
  compareVersions: (query: {
    zone: string;
    key: string;
    from: string;
    to: string;
    by?: readonly string[];
    as?: 'text' | undefined;
  }) => at('/files/compare', query),
  /** A folder as it was at a moment (ISO 8601), before it is made so again. */
  pointInTime: (query: { zone: string; prefix: string; at?: string }) => at('/files/point-in-time', query),
  /** Saves one file: answers with a redirect to where S3 gives it. */
  download: (query: { zone: string; key: string; versionId?: string }) => at('/api/files/download', query),
  runs: (query: { dataset?: string } = {}) => at('/runs', query),
  /** `name` is the execution's name, the last part of its ARN. */
  run: (name: string) => `/runs/${segment(name)}`,
  /** `query` is a statement, `saved` a saved query's id, `execution` that of one that was run: each opens in a tab. */
  sql: (query: { query?: string; saved?: string; execution?: string } = {}) => at('/sql', query),
  queryHistory: (query: Record<string, string> = {}) => at('/sql/history', query),
  /** `query` is the one whose versions are looked at. */
  savedQueries: (query: { query?: string; deleted?: 'yes' } = {}) => at('/sql/saved', query),
  /** Saves a query's whole result as CSV. */
  queryDownload: (id: string) => `/api/queries/${segment(id)}/download`,
  /** `dimension` only the failing rules of it; `table` and `metric` what is drawn of them. */
  quality: (query: { days?: string; table?: string; metric?: string; dimension?: string } = {}) =>
    at('/quality', query),
  qualityReport: (query: { days?: string } = {}) => at('/quality/report', query),
  /** Saves the report on the last days. */
  qualityReportFile: (query: { days: string; format: 'pdf' | 'csv' }) => at('/api/quality/report', query),
  /** Saves a report that the schedule made on a day (`2026-11-23`). */
  keptQualityReport: (query: { date: string; format: string }) => at('/api/quality/report/kept', query),
  incidents: (query: { show?: string; table?: string } = {}) => at('/quality/incidents', query),
  incident: (id: string) => `/quality/incidents/${segment(id)}`,
  /** Of one evaluation, the last one left out; `rule` is the one whose failing rows are looked at. */
  datasetQuality: (table: string, query: { evaluation?: string; rule?: string } = {}) =>
    at(`/datasets/${segment(table)}/quality`, query),
  connect: () => '/connect',
  access: () => '/access',
  invitations: () => '/access/invitations',
  /** One person: how they sign in, and where they are signed in. */
  person: (id: string) => `/access/people/${segment(id)}`,
  roles: () => '/access/roles',
  /** `statement` is the one that is looked at: its policy, and its place in it. */
  role: (name: string, statement?: { policy: string; index: number }) =>
    `/access/roles/${segment(name)}${statement ? `#${segment(statementAnchor(statement))}` : ''}`,
  /** Who may do what to which dataset; `MatrixSearch` of the page has the names of the filters. */
  accessMatrix: (query: Record<string, string | undefined> = {}) => at('/access/matrix', query),
  /** Saves the matrix as CSV. */
  accessMatrixFile: (query: Record<string, string | undefined> = {}) => at('/api/access/matrix', query),
  /** Requests, decided; `principal` is a role's ARN or that of a session of it, `context` are `key=value`. */
  simulator: (
    query: {
      principal?: string;
      action?: string;
      resource?: string | readonly string[];
      context?: readonly string[];
    } = {},
  ) => at('/access/simulator', query),
  /** Filtered as the address says: `FindingsSearch` of the page has the names. */
  accessFindings: (query: Record<string, string | undefined> = {}) => at('/access/findings', query),
  /** What a role has really asked for, and the policy that would do. */
  observedAccess: (query: { role?: string; days?: string } = {}) => at('/access/observed', query),
  /** What was done, newest first; `AuditSearch` of the page has the names of the filters. */
  audit: (query: Record<string, string> = {}) => at('/audit', query),
  auditVerification: () => '/audit/verification',
  settings: () => '/settings',
} as const;

const ANY_ORIGIN = 'http://console.invalid';

/**
 * Only a path of this console may be gone to after sign-in, as a browser would read it: `//evil.example`, `/\\evil.example`,
 * a tab within and `/.//evil.example` all lead to another site.
 */
export function safeCallback(callbackUrl: string | undefined): string {
  if (!callbackUrl?.startsWith('/') || !URL.canParse(callbackUrl, ANY_ORIGIN)) return routes.home();
  const { origin, pathname, search, hash } = new URL(callbackUrl, ANY_ORIGIN);
  return origin === ANY_ORIGIN && !pathname.startsWith('//') ? pathname + search + hash : routes.home();
}

/** Set by proxy.ts on every request for a page: a layout is not told which page it surrounds. */
export const PATH_HEADER = 'x-lacustre-path';
