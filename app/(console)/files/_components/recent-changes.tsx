'use client';
import { useQuery } from '@tanstack/react-query';
import { Undo2 } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Table } from '@/components/ui/table';
import { RelativeTime } from '@/components/ui/time';
import type { Change } from '@/lib/storage/change-schemas';
import { changesOptions } from '@/lib/storage/query-options';
import { FileName } from './file-name';

interface RecentChangesProps {
  canUndo: boolean;
  isUndoing: boolean;
  onUndo: (id: string) => void;
}

/** What the person copied, moved and deleted in the last week: an undo outlives the notice that offered it. */
export function RecentChanges({ canUndo, isUndoing, onUndo }: RecentChangesProps) {
  const t = useTranslations('files');
  const { data: changes = [] } = useQuery(changesOptions());
  if (changes.length === 0) return null;
  return (
    <Panel isFlush title={t('recent.title')} aside={t('recent.hint')}>
      <Table label={t('recent.title')}>
        <thead>
          <tr>
            <th scope="col">{t('recent.change')}</th>
            <th scope="col">{t('recent.when')}</th>
            <th scope="col">
              <span className="sr-only">{t('actions')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => (
            <tr key={change.id}>
              <td className="w-full !whitespace-normal [overflow-wrap:anywhere]">
                {t(`done.${verbs[change.action]}`, { count: change.files })}{' '}
                <span className="muted mono">
                  <FileName name={change.key} />
                </span>
              </td>
              <td className="muted">
                <RelativeTime value={change.at} />
              </td>
              <td className="num">
                {change.undoneAt === undefined ? (
                  canUndo && (
                    <Button
                      size="sm"
                      variant="ghost"
                      icon={Undo2}
                      isPending={isUndoing}
                      onClick={() => onUndo(change.id)}
                    >
                      {t('undo')}
                      <span className="sr-only"> {change.key}</span>
                    </Button>
                  )
                ) : (
                  <span className="muted">
                    {t('recent.undone')} <RelativeTime value={change.undoneAt} />
                  </span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

const verbs = { 'files.copy': 'copy', 'files.move': 'move', 'files.delete': 'delete' } as const satisfies Record<
  Change['action'],
  string
>;
