import { ShieldCheck, SquareTerminal, Upload } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { LinkButton } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Tag } from '@/components/ui/tag';
import { can } from '@/lib/auth';
import type { DatasetPage } from '@/lib/catalog';
import { quoteName } from '@/lib/languages/trino-sql/token-reader.ts';
import { pageContext } from '@/lib/page';
import { routes } from '@/lib/routes';
import { ZoneMark } from '../../_components/zone-mark';
import { loadDataset } from '../load-dataset';
import { DatasetTabs } from './dataset-tabs';
import { EditMetadata } from './edit-metadata';

/** Shown alone for a dataset that the catalog does not know (yet): files that were all rejected have a history too. */
export function PlainHeader({ name, children }: { name: ReactNode; children?: ReactNode }) {
  return (
    <header className="grid min-w-0 gap-1 border-line border-b bg-surface px-5 pt-4 max-sm:px-3">
      <div className="head min-h-8 pb-1">
        <h1 className="min-w-0 truncate text-xl">{name}</h1>
        {children}
      </div>
    </header>
  );
}

export async function DatasetHeader({ name }: { name: string }) {
  const result = await loadDataset(name);
  // The page below says what went wrong.
  if (!result.ok || !result.data) return <PlainHeader name={name} />;
  const page = result.data;
  const { table, zone } = page;
  return (
    <header className="grid min-w-0 gap-1 border-line border-b bg-surface px-5 pt-4 max-sm:px-3">
      <div className="head">
        <h1 className="min-w-0 truncate text-xl">{table ? `${table.database}.${table.name}` : name}</h1>
        {zone && <ZoneMark zone={zone} />}
        <HeaderTags page={page} />
        <span className="grow" />
        <HeaderActions page={page} />
      </div>
      <HeaderLine page={page} />
      <DatasetTabs page={page} />
    </header>
  );
}

async function HeaderTags({ page: { dataset, table } }: { page: DatasetPage }) {
  const t = await getTranslations('datasets');
  if (!table) return <Tag>{t('filesOnly')}</Tag>;
  return (
    <>
      {table.classification && (
        <Tag isOn={table.classification === 'confidential' || table.classification === 'personal'}>
          <Icon of={ShieldCheck} size="s" />
          {t(`classification.${table.classification}`)}
        </Tag>
      )}
      {table.isView && <Tag>{t('view')}</Tag>}
      {table.name !== dataset && <Tag>{t('computedFrom', { dataset })}</Tag>}
      {table.tags?.map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
    </>
  );
}

async function HeaderActions({ page: { name, isOwn, table } }: { page: DatasetPage }) {
  const t = await getTranslations('datasets');
  const { role } = await pageContext();
  const from = table && [...(isOwn ? [] : [table.database]), table.name].map(quoteName).join('.');
  return (
    <span className="flex flex-wrap gap-3">
      {table && can(role, 'datasets:edit') && <EditMetadata table={name} metadata={table} />}
      {isOwn && (
        <LinkButton icon={Upload} href={routes.upload()}>
          {t('upload')}
        </LinkButton>
      )}
      {from && (
        <LinkButton
          variant="primary"
          icon={SquareTerminal}
          href={routes.sql({ query: `SELECT *\nFROM ${from}\nLIMIT 100` })}
        >
          {t('query')}
        </LinkButton>
      )}
    </span>
  );
}

async function HeaderLine({ page: { table } }: { page: DatasetPage }) {
  const t = await getTranslations('datasets');
  if (!table?.description && !table?.owner && !table?.location) return null;
  const owner = table.owner && t('ownedBy', { owner: table.owner });
  const said = [table.description, owner].filter(Boolean).join(' · ');
  return (
    <p className="muted line-clamp-2 max-w-[110ch] break-words">
      {said}
      {said && table.location && ' · '}
      {table.location && <span className="mono">{table.location}</span>}
    </p>
  );
}
