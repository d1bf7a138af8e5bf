'use client';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { GitCompareArrows, Play, Square, SquareTerminal } from 'lucide-react';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { Failure } from '@/components/shell/failure';
import { SqlText } from '@/components/sql/sql-text';
import { Bytes } from '@/components/ui/amount';
import { Button, LinkButton } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Facts } from '@/components/ui/facts';
import { Time } from '@/components/ui/time';
import { reportFrom } from '@/lib/fetch-json';
import { formatNumber } from '@/lib/format/number';
import { historyKey, recordOptions } from '@/lib/query/history/query-options';
import type { QueryRecord, QueryRecordDetail } from '@/lib/query/history/schemas';
import { startQuery, stopQuery } from '@/lib/query/query-options';
import { routes } from '@/lib/routes';
import { ComparedStatements } from './compared-statements';
import styles from './history.module.css';

interface RecordDetailProps {
  record: QueryRecord;
  /** The statement that another is compared with. */
  marked: QueryRecord | undefined;
  onMark: (record: QueryRecord | undefined) => void;
}

/** The whole statement, what came of it, and what can be done with it now. */
export function RecordDetail({ record, marked, onMark }: RecordDetailProps) {
  const t = useTranslations('queryHistory');
  const { data, error } = useQuery(recordOptions(record.id, record.status));
  const isCompared = marked !== undefined && marked.id !== record.id;
  return (
    <div className={styles.inside}>
      {record.error && (
        <p className="text-failed">
          {record.error.line && <b>{t('place', { line: record.error.line, column: record.error.column ?? 1 })} </b>}
          {record.error.message}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <pre className={styles.sql} tabIndex={0}>
        <SqlText sql={record.sql} />
      </pre>
      {error ? <Failure error={reportFrom(error)} isInForm /> : <RecordFacts record={record} detail={data} />}
      <div className="flex flex-wrap items-center gap-2">
        <RecordActions record={record} detail={data} />
        <Button
          size="sm"
          variant="ghost"
          icon={GitCompareArrows}
          onClick={() => onMark(marked?.id === record.id ? undefined : record)}
        >
          {marked?.id === record.id ? t('unmark') : t('mark')}
        </Button>
      </div>
      {isCompared && <ComparedStatements from={marked} to={record} />}
    </div>
  );
}

function RecordFacts({ record, detail }: { record: QueryRecord; detail: QueryRecordDetail | undefined }) {
  const t = useTranslations('queryHistory');
  const locale = useLocale();
  const result = detail && {
    there: detail.outputBytes === undefined ? t('resultThere') : <Bytes value={detail.outputBytes} />,
    gone: t('resultGone'),
    none: t('resultNone'),
  };
  return (
    <Facts
      items={[
        { label: t('started'), value: <Time value={record.submittedAt} withSeconds /> },
        { label: t('rows'), value: formatNumber(detail?.outputRows, locale) },
        { label: t('result'), value: result?.[detail?.result ?? 'none'] ?? '–' },
        { label: t('workgroup'), value: <span className="mono">{record.workGroup}</span> },
        { label: t('source'), value: t(`sources.${record.source}`) },
        ...(detail?.parameters.length
          ? [{ label: t('values'), value: <span className="mono">{detail.parameters.join(', ')}</span> }]
          : []),
      ]}
    />
  );
}

function RecordActions({ record, detail }: { record: QueryRecord; detail: QueryRecordDetail | undefined }) {
  const t = useTranslations('queryHistory');
  const router = useRouter();
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: () => startQuery(record.sql, detail?.parameters),
    onSuccess: ({ id }) => router.push(routes.sql({ execution: id }) as Route),
  });
  const stop = useMutation({
    mutationFn: () => stopQuery(record.id),
    onSuccess: () => client.invalidateQueries({ queryKey: historyKey }),
  });
  const isRunning = record.status === 'queued' || record.status === 'running';
  const failed = again.error ?? stop.error;
  return (
    <>
      <LinkButton size="sm" icon={SquareTerminal} href={routes.sql({ execution: record.id })}>
        {detail?.result === 'gone' || record.status === 'failed' ? t('openText') : t('open')}
      </LinkButton>
      {isRunning ? (
        <Button size="sm" icon={Square} isPending={stop.isPending || stop.isSuccess} onClick={() => stop.mutate()}>
          {t('cancel')}
        </Button>
      ) : (
        <Button size="sm" icon={Play} isPending={again.isPending} onClick={() => again.mutate()}>
          {t('again')}
        </Button>
      )}
      <CopyButton text={record.sql} label={t('copy')} />
      {failed && <span className="text-failed text-xs">{reportFrom(failed).message}</span>}
    </>
  );
}
