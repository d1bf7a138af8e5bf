'use client';
import { Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Table } from '@/components/ui/table';
import { RelativeTime } from '@/components/ui/time';
import type { SavedQuery } from '@/lib/query/saved/schemas';
import { useSavedActions } from './use-saved-actions';

export function DeletedTable({ queries }: { queries: readonly SavedQuery[] }) {
  const t = useTranslations('savedQueries');
  const { bringBack } = useSavedActions();
  return (
    <Table label={t('deleted')}>
      <thead>
        <tr>
          <th scope="col">{t('name')}</th>
          <th scope="col">{t('owner')}</th>
          <th scope="col">{t('deletedAt')}</th>
          <th scope="col">
            <span className="sr-only">{t('actions')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {queries.map((query) => (
          <tr key={query.id}>
            <td>{query.name}</td>
            <td>{query.owner?.name ?? <span className="faint">Athena</span>}</td>
            <td>
              <RelativeTime value={query.updatedAt} />
            </td>
            <td>
              <Button size="sm" icon={Undo2} onClick={() => void bringBack(query)}>
                {t('bringBack')}
              </Button>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
