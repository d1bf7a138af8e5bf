'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Fragment } from 'react';
import { Table } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import { RelativeTime } from '@/components/ui/time';
import { byFolder, countWithin, nameIn } from '@/lib/query/saved/folders';
import type { SavedQuery } from '@/lib/query/saved/schemas';
import { routes } from '@/lib/routes';
import { FolderHeading } from './folder-heading';
import { QueryMenu } from './query-menu';

interface SavedTableProps {
  /** Those that are shown. */
  queries: readonly SavedQuery[];
  all: readonly SavedQuery[];
}

export function SavedTable({ queries, all }: SavedTableProps) {
  const t = useTranslations('savedQueries');
  return (
    <Table label={t('title')}>
      <thead>
        <tr>
          <th scope="col">{t('name')}</th>
          <th scope="col">{t('description')}</th>
          <th scope="col">{t('sharing')}</th>
          <th scope="col">{t('owner')}</th>
          <th scope="col">{t('changed')}</th>
          <th scope="col" className="num">
            {t('version')}
          </th>
          <th scope="col">
            <span className="sr-only">{t('actions')}</span>
          </th>
        </tr>
      </thead>
      {byFolder(queries).map(({ folder, queries: inside }) => (
        <tbody key={folder}>
          {folder && (
            <tr>
              <th scope="rowgroup" colSpan={7} className="!text-text-2">
                <FolderHeading folder={folder} count={countWithin(folder, all)} />
              </th>
            </tr>
          )}
          {inside.map((query) => (
            <SavedRow key={query.id} query={query} isInFolder={folder !== ''} />
          ))}
        </tbody>
      ))}
    </Table>
  );
}

function SavedRow({ query, isInFolder }: { query: SavedQuery; isInFolder: boolean }) {
  const t = useTranslations('savedQueries');
  const roles = useTranslations('roles');
  return (
    <tr>
      <td className={isInFolder ? '!pl-9' : undefined}>
        <Link href={routes.sql({ saved: query.id }) as Route}>{nameIn(query.name)}</Link>
      </td>
      <td className="max-w-80 truncate" title={query.description}>
        {query.description}{' '}
        {query.tags.map((tag) => (
          <Fragment key={tag}>
            <Tag>{tag}</Tag>{' '}
          </Fragment>
        ))}
      </td>
      <td>
        {query.sharing === 'roles' ? query.roles.map((role) => roles(role)).join(', ') : t(`sharings.${query.sharing}`)}
      </td>
      <td>{query.owner?.name ?? <span className="faint">Athena</span>}</td>
      <td title={query.updatedBy}>
        <RelativeTime value={query.updatedAt} />
      </td>
      <td className="num">
        <Link
          href={routes.savedQueries({ query: query.id }) as Route}
          aria-label={t('versionsOf', { name: query.name, version: query.version })}
        >
          {query.version}
        </Link>
      </td>
      <td>
        <QueryMenu query={query} />
      </td>
    </tr>
  );
}
