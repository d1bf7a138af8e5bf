'use client';
import clsx from 'clsx';
import { ChevronRight, FileBraces, File as FileIcon, FileSpreadsheet, FileText, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { memo, useId, useState } from 'react';
import { Failure } from '@/components/shell/failure';
import { Bytes } from '@/components/ui/amount';
import { Icon } from '@/components/ui/icon';
import { STATE_TONE, State, type StateName } from '@/components/ui/state';
import type { FileFormat } from '@/lib/languages/contract/format.ts';
import { RowActions } from './row-actions';
import { RowContract } from './row-contract';
import { RowFailure } from './row-failure';
import { RowLook } from './row-look';
import { RowPlace } from './row-place';
import { RowProblems } from './row-problems';
import { RowProgress } from './row-progress';
import { RowTwin } from './row-twin';
import styles from './upload-desk.module.css';
import { type Phase, phaseOf, type UploadItem } from './upload-item';
import type { UploadStore } from './upload-store';
import { useFormatText } from './use-format-text';

const stateOf: Record<Phase, StateName> = {
  looking: 'running',
  misnamed: 'rejected',
  refused: 'rejected',
  ready: 'waiting',
  unconfirmed: 'waiting',
  problems: 'rejected',
  twin: 'waiting',
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
  bucket: string;
  canKeep: boolean;
  /** Of the files that wait for the same contract, this is the one that shows it. */
  asksForContract: boolean;
}

/** One file: what it is, where it goes, how far it has come; below it, what a person must decide. */
export const UploadRow = memo(function UploadRow({ store, item, bucket, canKeep, asksForContract }: UploadRowProps) {
  const t = useTranslations('upload');
  const phase = phaseOf(item);
  const state = stateOf[phase];
  const hasBegun = Boolean(item.upload) && phase !== 'looking';
  return (
    <>
      <div className={clsx(styles.row, STATE_TONE[state])}>
        <Icon of={iconOf[item.inspection?.format.type ?? 'binary']} />
        {hasBegun ? <FileName item={item} /> : <Look item={item} />}
        <div className={styles.place}>
          {hasBegun ? (
            <RowProgress item={item} phase={phase} />
          ) : (
            <RowPlace key={item.dataset} store={store} item={item} bucket={bucket} />
          )}
        </div>
        <span className={styles.state}>
          <State state={state}>{t(`phase.${phase}`)}</State>
        </span>
        <span className="num">
          <Bytes value={item.file.size} />
        </span>
        <div className={styles.actions}>
          <RowActions store={store} item={item} phase={phase} />
        </div>
      </div>
      <Below store={store} item={item} phase={phase} canKeep={canKeep} asksForContract={asksForContract} />
    </>
  );
});

function FileName({ item }: { item: UploadItem }) {
  const t = useTranslations('upload');
  const formatText = useFormatText();
  return (
    <div className="min-w-0">
      <div className="truncate font-medium" title={item.path}>
        {item.path}
      </div>
      <div className="faint truncate text-xs">{item.inspection ? formatText(item.inspection) : t('notLookedAt')}</div>
    </div>
  );
}

/** The name opens the file's beginning. */
function Look({ item }: { item: UploadItem }) {
  const t = useTranslations('upload');
  const id = useId();
  const [isOpen, setIsOpen] = useState(false);
  const { inspection, first } = item;
  if (!inspection || !first) return <FileName item={item} />;
  return (
    <>
      <button
        type="button"
        className={styles.opener}
        aria-expanded={isOpen}
        aria-controls={id}
        title={t('lookInto', { file: item.path })}
        onClick={() => setIsOpen(!isOpen)}
      >
        <Icon of={ChevronRight} size="s" />
        <FileName item={item} />
      </button>
      {isOpen && <RowLook id={id} inspection={inspection} first={first} />}
    </>
  );
}

type BelowProps = Omit<UploadRowProps, 'bucket'> & { phase: Phase };

function Below({ store, item, phase, canKeep, asksForContract }: BelowProps) {
  const t = useTranslations('upload');
  return (
    <>
      {item.trouble && (
        <div className={styles.below}>
          <Failure error={item.trouble} isInForm />
        </div>
      )}
      {phase === 'refused' && item.issue && (
        <p className={clsx(styles.below, 'text-failed text-xs')} role="alert">
          {t(`issue.${item.issue}`)}
        </p>
      )}
      {phase === 'failed' && item.upload?.problem !== undefined && (
        <p className={clsx(styles.below, 'text-failed text-xs')} role="alert">
          <RowFailure problem={item.upload.problem} />
        </p>
      )}
      {phase === 'twin' && item.twin && <RowTwin store={store} id={item.id} twin={item.twin} />}
      {phase === 'problems' && item.inspection && (
        <RowProblems store={store} id={item.id} inspection={item.inspection} />
      )}
      {asksForContract && item.inspection?.contract && (
        <RowContract store={store} item={item} contract={item.inspection.contract} canKeep={canKeep} />
      )}
    </>
  );
}
