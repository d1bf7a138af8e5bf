'use client';
import { useTranslations } from 'next-intl';
import { Panel } from '@/components/ui/panel';
import { Table } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import type { Lineage, LineageNode } from '@/lib/lineage/schemas';

interface LineageColumnsProps {
  table: Extract<LineageNode, { kind: 'table' }>;
  columns: Lineage['columns'][string];
  onSelect: (id: string) => void;
}

/** Where each column of a table comes from, as its last good run knew it. */
export function LineageColumns({ table, columns, onSelect }: LineageColumnsProps) {
  const t = useTranslations('lineage');
  const title = t('columnsOf', { table: table.name });
  return (
    <Panel title={title} aside={t('columnCount', { count: columns.length })} isFlush={columns.length > 0}>
      {columns.length === 0 ? (
        <p className="muted">{t(table.isView ? 'noColumnsOfView' : 'noColumns')}</p>
      ) : (
        <Table label={title}>
          <thead>
            <tr>
              <th scope="col">{t('column')}</th>
              <th scope="col">{t('comesFrom')}</th>
              <th scope="col">{t('how')}</th>
            </tr>
          </thead>
          <tbody>
            {columns.map(({ column, sources }) => (
              <tr key={column}>
                <td className="mono">{column}</td>
                <td>
                  {sources.map((source) => (
                    <span key={`${source.from} ${source.column}`} className="mono mr-3">
                      {source.nodeId ? (
                        <button type="button" className="underline" onClick={() => onSelect(source.nodeId ?? '')}>
                          {source.from}
                        </button>
                      ) : (
                        source.from
                      )}
                      <span className="muted"> · </span>
                      {source.column}
                    </span>
                  ))}
                </td>
                <td>
                  {[...new Set(sources.map(({ subtype }) => subtype))].map((subtype) => (
                    <Tag key={subtype}>{t(`subtypes.${subtype}`)}</Tag>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  );
}
