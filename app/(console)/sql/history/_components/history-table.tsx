'use client';
import { ChevronDown, ChevronRight } from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import { Fragment, useState } from 'react';
import { SqlText } from '@/components/sql/sql-text';
import { Bytes, Duration } from '@/components/ui/amount';
import { Icon } from '@/components/ui/icon';
import { State } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import { RelativeTime } from '@/components/ui/time';
import { formatPrice } from '@/lib/format/number';
import type { QueryRecord } from '@/lib/query/history/schemas';
import styles from './history.module.css';
import { RecordDetail } from './record-detail';

const STATES = {
  queued: 'waiting',
  running: 'running',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'stopped',
} as const;

export function HistoryTable({ records }: { records: readonly QueryRecord[] }) {
  const t = useTranslations('queryHistory');
  const [open, setOpen] = useState<readonly string[]>([]);
  // Compared with another one: what was marked first.
  const [marked, setMarked] = useState<QueryRecord>();
  const toggle = (id: string) =>
    setOpen((ids) => (ids.includes(id) ? ids.filter((each) => each !== id) : [...ids, id]));
  return (
    <Table label={t('list')}>
      <thead>
        <tr>
          <th scope="col">{t('statement')}</th>
          <th scope="col">{t('status')}</th>
          <th scope="col">{t('person')}</th>
          <th scope="col">{t('started')}</th>
          <th scope="col" className="num">
            {t('duration')}
          </th>
          <th scope="col" className="num">
            {t('scanned')}
          </th>
          <th scope="col" className="num">
            {t('price')}
          </th>
        </tr>
      </thead>
      <tbody>
        {records.map((record) => (
          <Fragment key={record.id}>
            <RecordRow record={record} isOpen={open.includes(record.id)} onToggle={() => toggle(record.id)} />
            {open.includes(record.id) && (
              <tr className={styles.detail}>
                <td colSpan={7}>
                  <RecordDetail record={record} marked={marked} onMark={setMarked} />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
      </tbody>
    </Table>
  );
}

function RecordRow({ record, isOpen, onToggle }: { record: QueryRecord; isOpen: boolean; onToggle: () => void }) {
  const t = useTranslations('queryHistory');
  const statuses = useTranslations('sql.status');
  const locale = useLocale();
  return (
    <tr>
      <td>
        <button type="button" className={styles.statement} aria-expanded={isOpen} onClick={onToggle}>
          <Icon of={isOpen ? ChevronDown : ChevronRight} size="s" />
          <span className="mono truncate">
            <SqlText sql={firstLine(record.sql)} />
          </span>
        </button>
      </td>
      <td>
        <State state={STATES[record.status]}>{statuses(record.status)}</State>
      </td>
      <td className="max-w-56 truncate" title={record.by}>
        {record.by ?? <span className="faint">{t(`sources.${record.source}`)}</span>}
        {(record.source === 'api' || record.source === 'plan') && (
          <span className="faint"> {t(`sources.${record.source}`)}</span>
        )}
      </td>
      <td>
        <RelativeTime value={record.submittedAt} />
      </td>
      <td className="num">
        <Duration value={record.totalMs} />
      </td>
      <td className="num">
        <Bytes value={record.scannedBytes} />
      </td>
      <td className="num">{formatPrice(record.priceUsd, locale)}</td>
    </tr>
  );
}

/** Comments say what for, but rarely what: the first line that is none tells statements apart. */
function firstLine(sql: string): string {
  const lines = sql.split('\n').map((line) => line.trim());
  const index = lines.findIndex((line) => line !== '' && !line.startsWith('--'));
  return lines.slice(Math.max(index, 0)).join(' ').slice(0, 160);
}
