'use client';
import { useTranslations } from 'next-intl';
import { Failure } from '@/components/shell/failure';
import { State } from '@/components/ui/state';
import { Tag } from '@/components/ui/tag';
import type { KeyPair } from '@/lib/storage/target-keys';
import { FileName } from './file-name';
import { KeyList } from './key-list';
import type { Targets } from './use-targets';

const SHOWN_MAX = 50;

/** What each file will be called, those first that are there already. */
export function TargetList({ pairs, targets }: { pairs: readonly KeyPair[]; targets: Targets }) {
  const t = useTranslations('files');
  if (targets.error) return <Failure error={targets.error} isInForm />;
  const existing = new Set(targets.existing.map(({ key }) => key));
  const ordered = [...pairs.filter(({ to }) => existing.has(to)), ...pairs.filter(({ to }) => !existing.has(to))];
  return (
    <div className="grid gap-1">
      {!targets.isDone && <p className="muted">{t('checking', { looked: targets.looked, total: pairs.length })}</p>}
      {targets.isDone && existing.size > 0 && (
        <State state="rejected">
          <span className="whitespace-normal">{t('existing', { count: existing.size })}</span>
        </State>
      )}
      <KeyList label={t('newKeys')}>
        {ordered.slice(0, SHOWN_MAX).map(({ key, to }) => (
          <li key={key} className="mono">
            <FileName name={to} /> {existing.has(to) && <Tag>{t('newVersion')}</Tag>}
          </li>
        ))}
      </KeyList>
      {pairs.length > SHOWN_MAX && <p className="muted">{t('andMore', { count: pairs.length - SHOWN_MAX })}</p>}
    </div>
  );
}
