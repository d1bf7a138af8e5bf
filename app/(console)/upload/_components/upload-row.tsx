'use client';
import clsx from 'clsx';
import { FileBraces, File as FileIcon, FileSpreadsheet, FileText, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { Failure } from '@/components/shell/failure';
import { Bytes } from '@/components/ui/amount';
import { Icon } from '@/components/ui/icon';
import { STATE_TONE, State, type StateName } from '@/components/ui/state';
import { reportFrom } from '@/lib/fetch-json';
import type { FileFormat } from '@/lib/languages/contract/format.ts';
import { RowActions } from './row-actions';
import { RowContract } from './row-contract';
import { RowPlace } from './row-place';
import { RowProblems } from './row-problems';
import { RowProgress } from './row-progress';
import styles from './upload-desk.module.css';
import type { Phase, UploadItem } from './upload-item';
import type { UploadStore } from './upload-store';
import { useFormatText } from './use-format-text';

const stateOf: Record<Phase, StateName> = {
  looking: 'running',
  misnamed: 'rejected',
  ready: 'waiting',
  unconfirmed: 'waiting',
  problems: 'rejected',
  queued: 'waiting',
  sending: 'running',
  paused: 'waiting',
  failed: 'failed',
  sent: 'succeeded',
};

const iconOf: Record<FileFormat['type'], LucideIcon> = {
  csv: FileSpreadsheet,
  parquet: FileSpreadsheet,
  json: FileBraces,
  'combined-log': FileText,
  binary: FileIcon,
};

interface UploadRowProps {
  store: UploadStore;
  item: UploadItem;
  canKeep: boolean;
  /** Of the files that wait for the same contract, this is the one that shows it. */
  asksForContract: boolean;
}

/** One file: what it is, where it goes, how far it has come; below it, what a person must decide. */
export function UploadRow({ store, item, canKeep, asksForContract }: UploadRowProps) {
  const t = useTranslations('upload');
  const formatText = useFormatText();
  const phase = store.phase(item);
  const state = stateOf[phase];
  const hasBegun = phase === 'sending' || phase === 'paused' || phase === 'failed' || phase === 'sent';
  return (
    <li className="border-line border-b last:border-b-0" aria-label={item.path}>
      <div className={clsx(styles.row, STATE_TONE[state])}>
        <Icon of={iconOf[item.inspection?.format.type ?? 'binary']} />
        <div className="min-w-0">
          <div className="truncate font-medium" title={item.path}>
            {item.path}
          </div>
          <div className="faint truncate text-xs">
            {item.inspection ? formatText(item.inspection) : t('notLookedAt')}
          </div>
        </div>
        {hasBegun ? <RowProgress item={item} phase={phase} /> : <RowPlace store={store} item={item} />}
        <State state={state}>{t(`phase.${phase}`)}</State>
        <span className="num">
          <Bytes value={item.file.size} />
        </span>
        <RowActions store={store} item={item} phase={phase} />
      </div>
      {item.trouble && (
        <div className={styles.below}>
          <Failure error={item.trouble} />
        </div>
      )}
      {phase === 'failed' && item.upload?.problem !== undefined && (
        <p className={clsx(styles.below, 'text-failed text-xs')} role="alert">
          {reportFrom(item.upload.problem).message}
        </p>
      )}
      {phase === 'problems' && item.inspection && (
        <RowProblems store={store} id={item.id} inspection={item.inspection} />
      )}
      {asksForContract && item.inspection?.contract && (
        <RowContract store={store} item={item} contract={item.inspection.contract} canKeep={canKeep} />
      )}
    </li>
  );
}
