import type { Lake } from '@/lib/aws/lake';
import { routes } from '@/lib/routes';
import { zones } from '@/lib/storage/zones';
import type { AuditRow, SubjectLink } from './schemas';

/** Where the subject of an event can be looked at; undefined where it has no page. */
export function subjectLink(
  { action, subject, details }: Pick<AuditRow, 'action' | 'subject' | 'details'>,
  lake: Lake,
): SubjectLink | undefined {
  const file = fileLink(subject, details.versionId, lake);
  if (file) return file;
  if (subject === '–') return undefined;
  const [area] = action.split('.');
  switch (area) {
    case 'people':
    case 'account':
      return subject.includes('@') ? { kind: 'person', href: routes.access() } : undefined;
    case 'runs':
      return { kind: 'run', href: routes.run(subject) };
    case 'incidents':
      return { kind: 'incident', href: routes.incident(subject) };
    case 'datasets':
    case 'tables':
    case 'lineage':
      return { kind: 'dataset', href: routes.dataset(ownTable(subject, lake)) };
    case 'queries':
      return action === 'queries.run' && /^[0-9a-f-]{36}$/.test(subject)
        ? { kind: 'query', href: routes.sql({ execution: subject }) }
        : undefined;
    default:
      return undefined;
  }
}

/** `s3://bucket/key`, or `zone:key` as an attempt's input has it. */
function fileLink(subject: string, version: unknown, lake: Lake): SubjectLink | undefined {
  const [, bucket, objectKey] = /^s3:\/\/([^/]+)\/(.+)$/.exec(subject) ?? [];
  const [, named, inputKey] = /^([a-z]+):(.+)$/.exec(subject) ?? [];
  const buckets = [lake.rawBucket, lake.quarantineBucket, lake.processedBucket, lake.resultsBucket];
  const zone = zones.find((each, at) => (bucket ? buckets[at] === bucket : each === named));
  const key = objectKey ?? inputKey;
  if (!zone || !key) return undefined;
  const query = typeof version === 'string' && version !== 'null' ? { zone, key, version } : { zone, key };
  return { kind: 'file', href: routes.file(query) };
}

function ownTable(subject: string, { database }: Lake): string {
  return subject.startsWith(`${database}.`) ? subject.slice(database.length + 1) : subject;
}
