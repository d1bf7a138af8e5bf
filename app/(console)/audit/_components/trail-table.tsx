'use client';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Fragment, useState } from 'react';
import { Icon } from '@/components/ui/icon';
import { State, type StateName } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import { RelativeTime } from '@/components/ui/time';
import type { Outcome } from '@/lib/audit/schemas';
import type { AuditSearch } from '../search-params';
import styles from './trail.module.css';
import { TrailDetail } from './trail-detail';
import type { TrailRow } from './trail-row';

const STATES: Record<Outcome, StateName> = { done: 'succeeded', denied: 'rejected', failed: 'failed' };

interface TrailTableProps {
  rows: readonly TrailRow[];
  search: AuditSearch;
  onSearch: (search: AuditSearch) => void;
}

export function TrailTable({ rows, search, onSearch }: TrailTableProps) {
  const t = useTranslations('audit');
  const [open, setOpen] = useState<readonly string[]>([]);
  const toggle = (id: string) =>
    setOpen((ids) => (ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id]));
  return (
    <Table label={t('list')}>
      <thead>
        <tr>
          <th scope="col">{t('what')}</th>
          <th scope="col">{t('when')}</th>
          <th scope="col">{t('who')}</th>
          <th scope="col">{t('outcome')}</th>
          <th scope="col">{t('subject')}</th>
          <th scope="col">{t('whereFrom')}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Fragment key={row.id}>
            <Row row={row} isOpen={open.includes(row.id)} onToggle={() => toggle(row.id)} />
            {open.includes(row.id) && (
              <tr className={styles.detail}>
                <td colSpan={6}>
                  <TrailDetail row={row} search={search} onSearch={onSearch} />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </Table>
  );
}

function Row({ row, isOpen, onToggle }: { row: TrailRow; isOpen: boolean; onToggle: () => void }) {
  const t = useTranslations('audit');
  return (
    <tr>
      <td>
        <button type="button" className={styles.action} aria-expanded={isOpen} onClick={onToggle}>
          <Icon of={isOpen ? ChevronDown : ChevronRight} size="s" />
          <span className="mono">{row.action}</span>
        </button>
      </td>
      <td>
        <RelativeTime value={row.at} />
      </td>
      <td className="max-w-56 truncate" title={row.who}>
        {row.who}
      </td>
      <td>
        <State state={row.isOutside ? 'failed' : STATES[row.outcome]}>
          {row.isOutside ? t('outside') : t(`outcomes.${row.outcome}`)}
        </State>
      </td>
      <td className="mono max-w-96 truncate text-xs" title={row.subject}>
        {row.subject}
      </td>
      <td className="mono text-xs">{row.from ?? '–'}</td>
    </tr>
  );
}
