import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { Button, LinkButton } from '@/components/ui/button';
import { Input } from '@/components/ui/input';
import { Panel } from '@/components/ui/panel';
import { countPartitions, listPartitions } from '@/lib/catalog';
import { load } from '@/lib/page';
import { routes } from '@/lib/routes';
import type { PartitionsSearch } from '../search-params';
import { type PartitionKey, PartitionTable } from './partition-table';

interface PartitionListProps {
  table: string;
  keys: readonly PartitionKey[];
  search: PartitionsSearch;
}

export async function PartitionList({ table, keys, search }: PartitionListProps) {
  const t = await getTranslations('partitions');
  const { where, after } = search;
  const result = await load(listPartitions, { table, where, after });
  return (
    <>
      <PartitionFilter table={table} keys={keys} where={where} />
      {!result.ok && <Failure error={result.error} title={where ? t('filterFailed') : t('failed')} />}
      {result.ok && (
        <Panel
          isFlush
          title={t('title')}
          aside={
            <Suspense key={where} fallback={t('counting')}>
              <Total table={table} where={where} />
            </Suspense>
          }
        >
          {result.data.partitions.length > 0 ? (
            <PartitionTable keys={keys} partitions={result.data.partitions} />
          ) : (
            <p className="muted px-4 py-3">{where ? t('noMatch') : t('empty')}</p>
          )}
          <Pages table={table} where={where} after={after} next={result.data.nextToken} />
        </Panel>
      )}
    </>
  );
}

/** A plain form: the condition is in the address, and works before any script does. */
async function PartitionFilter({ table, keys, where }: Omit<PartitionListProps, 'search'> & { where: string }) {
  const t = await getTranslations('partitions');
  const [key] = keys;
  const isNumber = /int|decimal/.test(key?.type ?? '');
  const example = `${key?.name ?? ''} >= ${isNumber ? '1' : "'2026-01'"}`;
  return (
    <search>
      <form className="flex flex-wrap items-end gap-3" action={routes.datasetPartitions(table)}>
        <div className="field min-w-0 grow basis-80">
          <label htmlFor="where">{t('where')}</label>
          <Input
            id="where"
            name="where"
            isMono
            defaultValue={where}
            key={where}
            placeholder={example}
            aria-describedby="where-hint"
            autoComplete="off"
            spellCheck={false}
            maxLength={2048}
          />
          <small id="where-hint">{t('hint', { keys: keys.map(({ name }) => name).join(', ') })}</small>
        </div>
        <span className="flex gap-2 pb-5">
          <Button type="submit">{t('filter')}</Button>
          {where && (
            <LinkButton variant="ghost" href={routes.datasetPartitions(table)}>
              {t('clear')}
            </LinkButton>
          )}
        </span>
      </form>
    </search>
  );
}

async function Total({ table, where }: { table: string; where: string }) {
  const t = await getTranslations('partitions');
  const result = await load(countPartitions, { table, where });
  // The list itself says why it cannot be read.
  if (!result.ok) return null;
  return t(result.data.isCut ? 'atLeast' : 'count', { count: result.data.count });
}

interface PagesProps {
  table: string;
  where: string;
  after: string | undefined;
  next: string | undefined;
}

async function Pages({ table, where, after, next }: PagesProps) {
  const t = await getTranslations('partitions');
  if (!after && !next) return null;
  const filter = where ? { where } : {};
  return (
    <nav className="flex gap-3 px-4 py-2" aria-label={t('pages')}>
      {after && (
        <LinkButton size="sm" href={routes.datasetPartitions(table, filter)}>
          {t('first')}
        </LinkButton>
      )}
      {next && (
        <LinkButton size="sm" href={routes.datasetPartitions(table, { ...filter, after: next })}>
          {t('next')}
        </LinkButton>
      )}
    </nav>
  );
}
