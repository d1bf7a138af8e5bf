'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ScanSearch } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useLocale, useTranslations } from 'next-intl';
import { type ReactNode, useEffect, useState } from 'react';
import { Failure } from '@/components/shell/failure';
import { Bytes, Duration } from '@/components/ui/amount';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorPanel } from '@/components/ui/error-panel';
import { Panel } from '@/components/ui/panel';
import { State } from '@/components/ui/state';
import { RelativeTime } from '@/components/ui/time';
import type { ErrorReport } from '@/lib/errors';
import { reportFrom } from '@/lib/fetch-json';
import { formatBytes } from '@/lib/format/bytes';
import { formatPrice } from '@/lib/format/number';
import type { TableProfile } from '@/lib/languages/quality/table-profile.ts';
import { profileEstimateOptions, profileRunOptions, startProfile } from '@/lib/quality/profile/query-options';
import type { ProfileRun } from '@/lib/quality/profile/schemas';
import { ProfileProgress } from './profile-progress';

interface ProfileControlProps {
  table: string;
  run: ProfileRun | undefined;
  last: TableProfile | undefined;
  isStale: boolean;
  mayProfile: boolean;
  picker: ReactNode;
}

/** How old the profile is, a new one with its price before the click, and how it goes on. */
export function ProfileControl({ table, run: initial, last, isStale, mayProfile, picker }: ProfileControlProps) {
  const t = useTranslations('profile');
  const { run, error, isStarting, start } = useProfileRun(table, initial);
  const isRunning = run?.status === 'running';
  const button = mayProfile && !isRunning && (
    <StartButton table={table} isFirst={!last} isPending={isStarting} onStart={start} />
  );
  const problem = error ? <Failure error={error} isInForm /> : <Ended run={run} last={last} />;
  if (!last && !isRunning)
    return (
      <>
        {problem}
        <Panel>
          <EmptyState
            title={t('empty.title')}
            body={t(mayProfile ? 'empty.body' : 'empty.bodyViewer')}
            actions={button}
          />
        </Panel>
      </>
    );
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {last && (
          <p className="muted min-w-0">
            {t.rich('made', {
              when: () => <RelativeTime key="when" value={last.profiledAt} />,
              by: last.by ?? '–',
              bytes: () => <Bytes key="bytes" value={last.scannedBytes} />,
              took: () => <Duration key="took" value={last.durationMs} />,
            })}
          </p>
        )}
        <span className="grow" />
        {picker}
        {button}
      </div>
      {last && isStale && !isRunning && (
        <p role="note" className="rounded-md border border-waiting-line bg-waiting-soft px-4 py-2 text-waiting">
          <State state="waiting">{t('stale')}</State>
        </p>
      )}
      {problem}
      {isRunning && <ProfileProgress table={table} run={run} mayCancel={mayProfile} />}
    </>
  );
}

function useProfileRun(table: string, initial: ProfileRun | undefined) {
  const router = useRouter();
  const client = useQueryClient();
  const options = profileRunOptions(table, initial);
  const { data, error: pollError } = useQuery(options);
  const [error, setError] = useState<ErrorReport>();
  const [isStarting, setIsStarting] = useState(false);
  const run = data ?? undefined;
  const isNew = run?.status === 'succeeded' && run.startedAt !== initial?.startedAt;
  const isDone = run?.status === 'succeeded' && initial?.status === 'running';
  // The page's own data is what the server had before.
  useEffect(() => {
    if (isNew || isDone) router.refresh();
  }, [isNew, isDone, router]);
  const start = async () => {
    setIsStarting(true);
    setError(undefined);
    try {
      client.setQueryData(options.queryKey, await startProfile(table));
    } catch (cause) {
      setError(reportFrom(cause));
    } finally {
      setIsStarting(false);
    }
  };
  return { run, error: error ?? (pollError ? reportFrom(pollError) : undefined), isStarting, start };
}

interface StartButtonProps {
  table: string;
  isFirst: boolean;
  isPending: boolean;
  onStart: () => void;
}

function StartButton({ table, isFirst, isPending, onStart }: StartButtonProps) {
  const t = useTranslations('profile');
  const locale = useLocale();
  const { data } = useQuery(profileEstimateOptions(table));
  const cost =
    data?.status === 'scan' &&
    (data.usd === undefined
      ? t('costWithoutPrice', { bytes: formatBytes(data.bytes, locale) })
      : t('cost', { bytes: formatBytes(data.bytes, locale), price: formatPrice(data.usd, locale) }));
  return (
    <span className="inline-flex flex-wrap items-center justify-center gap-2">
      <span className="muted text-xs tabular-nums">{cost}</span>
      <Button variant="primary" icon={ScanSearch} isPending={isPending} onClick={onStart}>
        {t(isFirst ? 'start' : 'again')}
      </Button>
    </span>
  );
}

/** How the last one ended, where it left no profile. */
function Ended({ run, last }: { run: ProfileRun | undefined; last: TableProfile | undefined }) {
  const t = useTranslations('profile');
  if (!run || (last && last.profiledAt >= run.startedAt)) return null;
  if (run.status === 'cancelled')
    return (
      <p role="status" className="muted">
        <State state="stopped">{t('cancelled')}</State>
      </p>
    );
  if (run.status !== 'failed') return null;
  return <ErrorPanel title={t('failed')} body={run.message} />;
}
