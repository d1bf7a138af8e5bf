'use client';
import { useTranslations } from 'next-intl';
import { Amount, Bytes } from '@/components/ui/amount';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Facts } from '@/components/ui/facts';
import { Panel } from '@/components/ui/panel';
import { Time } from '@/components/ui/time';
import type { Role } from '@/lib/auth/permissions';
import type { Effect } from '@/lib/storage/point-in-time';
import type { EditableZone, PointInTime } from '@/lib/storage/schemas';
import { EffectTable } from './effect-table';
import { WhatFollows } from './what-follows';

interface PreviewProps {
  zone: EditableZone;
  prefix: string;
  point: PointInTime;
  isBusy: boolean;
  mayTakeAway: boolean;
  takersAway: readonly Role[];
  onRestore: (effects: readonly Effect[]) => void;
}

/** What a restore would do, file by file, and what follows from it; nothing has been done yet. */
export function Preview({ zone, prefix, point, isBusy, mayTakeAway, takersAway, onRestore }: PreviewProps) {
  const t = useTranslations('pointInTime');
  const { effects } = point;
  if (point.versionCount === 0) {
    return (
      <Panel>
        <EmptyState title={t('neverWas.title')} body={t('neverWas.body')} />
      </Panel>
    );
  }
  const able = mayTakeAway ? effects : effects.filter(({ kind }) => kind !== 'takeAway');
  return (
    <>
      <Panel title={t('preview')} aside={t.rich('at', { at: () => <Time value={point.at} withSeconds /> })}>
        <div className="grid gap-3">
          <EffectCounts point={point} />
          {point.at < point.firstAt && (
            <p>{t.rich('before', { first: () => <Time value={point.firstAt} withSeconds /> })}</p>
          )}
          {able.length < effects.length && <Withheld count={effects.length - able.length} roles={takersAway} />}
          {able.length > 0 && <RestoreBar effects={able} isBusy={isBusy} onRestore={() => onRestore(able)} />}
          <p className="faint text-xs">{t('ties')}</p>
        </div>
      </Panel>
      {effects.length === 0 ? (
        <Panel>
          <EmptyState title={t('nothing.title')} body={t('nothing.body')} />
        </Panel>
      ) : (
        <>
          <EffectTable zone={zone} prefix={prefix} effects={effects} />
          {zone === 'raw' && <WhatFollows effects={effects} />}
        </>
      )}
    </>
  );
}

function EffectCounts({ point }: { point: PointInTime }) {
  const t = useTranslations('pointInTime');
  const count = (kind: Effect['kind']) => point.effects.filter((effect) => effect.kind === kind).length;
  const fact = (name: Effect['kind'] | 'unchanged', value: number) => ({
    label: t(name),
    value: (
      <span>
        <Amount value={value} /> <span className="muted text-xs">{t(`${name}Hint`)}</span>
      </span>
    ),
  });
  return (
    <Facts
      items={[
        fact('bringBack', count('bringBack')),
        fact('putBack', count('putBack')),
        fact('takeAway', count('takeAway')),
        fact('unchanged', point.unchangedCount),
      ]}
    />
  );
}

function Withheld({ count, roles }: { count: number; roles: readonly Role[] }) {
  const t = useTranslations();
  const named = roles.map((role) => t(`roles.${role}`)).join(', ');
  return (
    <p role="note" className="rounded-md border border-waiting-line bg-waiting-soft px-3 py-2">
      {t('pointInTime.mayNotTakeAway', { count, roles: named })}
    </p>
  );
}

function RestoreBar({
  effects,
  isBusy,
  onRestore,
}: {
  effects: readonly Effect[];
  isBusy: boolean;
  onRestore: () => void;
}) {
  const t = useTranslations('pointInTime');
  const bytes = effects.reduce((sum, { versionId, sizeBytes }) => sum + (versionId === null ? 0 : sizeBytes), 0);
  return (
    <div className="flex flex-wrap items-center gap-3">
      <Button variant="primary" isPending={isBusy} onClick={onRestore}>
        {t('restore', { count: effects.length })}
      </Button>
      <span className="muted">
        {t.rich('cost', { count: effects.length, bytes: () => <Bytes value={bytes} /> })}. {t('keeps')}
      </span>
    </div>
  );
}
