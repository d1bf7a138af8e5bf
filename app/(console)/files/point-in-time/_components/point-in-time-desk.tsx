'use client';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Failure } from '@/components/shell/failure';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import type { Role } from '@/lib/auth/permissions';
import { reportFrom } from '@/lib/fetch-json';
import { printMoment } from '@/lib/languages/trino-sql/moment.ts';
import { routes } from '@/lib/routes';
import { pointInTimeOptions } from '@/lib/storage/point-in-time-options';
import type { EditableZone } from '@/lib/storage/schemas';
import { MomentChoice } from './moment-choice';
import { Preview } from './preview';
import { RestoreOutcome } from './restore-outcome';
import { useRestore } from './use-restore';

interface PointInTimeDeskProps {
  zone: EditableZone;
  prefix: string;
  initialAt: number | undefined;
  mayTakeAway: boolean;
  /** Who may take files away. */
  takersAway: readonly Role[];
}

/** Choose a moment, see what would change, restore, and undo. */
export function PointInTimeDesk({ zone, prefix, initialAt, mayTakeAway, takersAway }: PointInTimeDeskProps) {
  const t = useTranslations();
  const [at, setAt] = useState(initialAt);
  const queries = useQueryClient();
  const preview = useQuery(pointInTimeOptions({ zone, prefix, at }));
  const restore = useRestore(zone, () => queries.invalidateQueries({ queryKey: ['files', 'point-in-time'] }));
  const { data, error, isPlaceholderData, isFetching } = preview;

  const choose = (moment: number) => {
    window.history.replaceState(null, '', routes.pointInTime({ zone, prefix, at: printMoment(moment) }));
    restore.forget();
    setAt(moment);
  };
  const start: typeof restore.start = (effects) => {
    // From here on the moment is fixed: "before the last change" would be another one after each file.
    if (data) choose(data.at);
    return restore.start(effects);
  };
  return (
    <>
      <p className="muted">{t('pointInTime.lead')}</p>
      <MomentChoice at={at ?? data?.at} changes={data?.changes ?? []} isPending={isFetching} onChoose={choose} />
      <RestoreOutcome restore={restore} zone={zone} />
      {error && (
        <Failure
          error={reportFrom(error)}
          action={<Button onClick={() => preview.refetch()}>{t('common.retry')}</Button>}
        />
      )}
      {(!data || isPlaceholderData) && !error && (
        <Panel title={t('pointInTime.preview')}>
          <Skeleton lines={8} />
        </Panel>
      )}
      {data && !isPlaceholderData && !error && (
        <Preview
          zone={zone}
          prefix={prefix}
          point={data}
          isBusy={restore.isBusy || isFetching}
          mayTakeAway={mayTakeAway}
          takersAway={takersAway}
          onRestore={start}
        />
      )}
    </>
  );
}
