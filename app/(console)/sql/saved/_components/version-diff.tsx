'use client';
import { useQuery } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { LineHunks } from '@/components/diff/line-hunks';
import { Failure } from '@/components/shell/failure';
import { LinkButton } from '@/components/ui/button';
import { Skeleton } from '@/components/ui/skeleton';
import { reportFrom } from '@/lib/fetch-json';
import { versionDiffOptions } from '@/lib/query/saved/query-options';
import { routes } from '@/lib/routes';

/** What the current version has that an earlier one has not, and the other way round. */
export function VersionDiff({ id, from, to }: { id: string; from: number; to: number }) {
  const t = useTranslations('savedQueries');
  const { data, error } = useQuery(versionDiffOptions(id, from, to));
  if (error) {
    return (
      <div className="p-4">
        <Failure error={reportFrom(error)} />
      </div>
    );
  }
  if (!data) {
    return (
      <div className="p-4">
        <Skeleton lines={3} />
      </div>
    );
  }
  const others = data.differs.map((part) => t(`parts.${part}`));
  return (
    <div className="border-line border-t">
      <div className="flex flex-wrap items-center gap-2 px-4 py-2">
        <h3 className="font-medium">{t('diffTitle', { from, to })}</h3>
        <span className="muted text-xs">
          +{data.added} −{data.removed}
          {others.length > 0 && ` · ${t('alsoDiffers', { parts: others.join(', ') })}`}
        </span>
        <span className="grow" />
        <LinkButton size="sm" variant="ghost" href={routes.sql({ query: data.sql })}>
          {t('openVersion', { version: from })}
        </LinkButton>
      </div>
      {data.hunks.length > 0 && <LineHunks label={t('diffTitle', { from, to })} hunks={data.hunks} />}
      {data.hunks.length === 0 && <p className="muted px-4 pb-3">{data.isExact ? t('sameText') : t('tooDifferent')}</p>}
    </div>
  );
}
