import { getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { Panel } from '@/components/ui/panel';
import { RelativeTime } from '@/components/ui/time';
import { listMetadataEdits } from '@/lib/catalog';
import type { MetadataChange } from '@/lib/catalog/schemas';
import { load } from '@/lib/page';

const SHOWN = 5;

/** Who changed what people say of the table, newest first. */
export async function MetadataEdits({ table }: { table: string }) {
  const t = await getTranslations('datasets.edits');
  const result = await load(listMetadataEdits, { table });
  if (!result.ok) return <Failure error={result.error} title={t('failed')} />;
  const edits = result.data;
  if (edits.length === 0) return null;
  const items = edits.map(({ id, at, by, changes }) => (
    <li key={id} className="grid gap-0.5">
      <span className="flex flex-wrap items-center justify-between gap-x-2">
        <span className="min-w-0 truncate font-medium">{by}</span>
        <span className="muted whitespace-nowrap text-xs">
          <RelativeTime value={at} />
        </span>
      </span>
      {changes.map((change) => (
        <Change key={change.field} change={change} />
      ))}
    </li>
  ));
  return (
    <Panel title={t('title')} aside={edits.length}>
      <ol className="grid gap-3">{items.slice(0, SHOWN)}</ol>
      {items.length > SHOWN && (
        <details className="mt-3">
          <summary className="muted cursor-pointer text-xs">{t('older', { count: items.length - SHOWN })}</summary>
          <ol className="mt-3 grid gap-3">{items.slice(SHOWN)}</ol>
        </details>
      )}
    </Panel>
  );
}

async function Change({ change: { field, before, after } }: { change: MetadataChange }) {
  const t = await getTranslations('datasets.edits');
  const column = /^comments\.(.*)$/.exec(field)?.[1];
  const known = (['description', 'owner', 'tags', 'classification', 'cadenceHours'] as const).find(
    (each) => each === field,
  );
  const name = column === undefined ? (known ? t(`fields.${known}`) : field) : t('commentOf', { column });
  return (
    <span className="min-w-0 break-words text-xs">
      <span className="muted">{name}: </span>
      {before && <del className="faint">{before}</del>}{' '}
      {after ? <ins className="no-underline">{after}</ins> : t('removed')}
    </span>
  );
}
