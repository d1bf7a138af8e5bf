'use client';
import clsx from 'clsx';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { CSSProperties } from 'react';
import { Amount, Bytes, Duration } from '@/components/ui/amount';
import { type Fact, Facts } from '@/components/ui/facts';
import { Pill, STATE_TONE } from '@/components/ui/state';
import { Time } from '@/components/ui/time';
import { routes } from '@/lib/routes';
import { progress } from '@/lib/runs/graph-looks';
import { fileName, shortRunId } from '@/lib/runs/run-name';
import { isOver } from '@/lib/runs/run-state';
import type { Run } from '@/lib/runs/schemas';
import type { Machine } from './draw-machine';
import styles from './run-view.module.css';
import { StopRun } from './stop-run';

export function RunHeader({ run, now, machine }: { run: Run; now: number; machine: Machine }) {
  const t = useTranslations();
  const share = progress(machine.layout.edges, run.visits, run.state);
  return (
    <header className={clsx(styles.header, STATE_TONE[run.state])}>
      <div className="head">
        <span role="status">
          <Pill state={run.state} size="lg">
            {t(`states.${run.state}`)}
          </Pill>
        </span>
        <h1 className="min-w-0 truncate text-lg">
          {run.file ? fileName(run.file.key) : machine.name}{' '}
          <span className="mono faint font-normal" title={run.id}>
            {shortRunId(run.id)}
          </span>
        </h1>
        <span className="grow" />
        {!isOver(run.state) && <StopRun id={run.id} />}
      </div>
      <RunFacts run={run} now={now} />
      <i className={styles.waterline} style={{ '--v': share } as CSSProperties} />
    </header>
  );
}

function RunFacts({ run, now }: { run: Run; now: number }) {
  const t = useTranslations('runs');
  const { file, dataset, report } = run;
  const facts: (Fact | undefined)[] = [
    { label: t('duration'), value: <Duration value={(run.endedAt ?? now) - run.startedAt} /> },
    { label: t('started'), value: <Time value={run.startedAt} withSeconds /> },
    file && {
      label: t('inputFile'),
      value: (
        <>
          <Link className="mono" href={routes.file({ zone: 'raw', key: file.key, version: file.versionId }) as Route}>
            {file.key}
          </Link>{' '}
          {file.sizeBytes !== undefined && (
            <span className="faint font-normal">
              <Bytes value={file.sizeBytes} />
            </span>
          )}
        </>
      ),
    },
    dataset
      ? {
          label: t('dataset'),
          value: (
            <Link className="mono" href={routes.dataset(dataset) as Route}>
              {dataset}
            </Link>
          ),
        }
      : undefined,
    report && { label: t('rows'), value: <Amount value={report.rowsOut} /> },
  ];
  return <Facts items={facts.filter((fact) => fact !== undefined)} />;
}
