'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { causeSentence } from '@/lib/runs/cause-sentence';
import { runOptions } from '@/lib/runs/query-options';
import { isOver } from '@/lib/runs/run-state';
import type { Run } from '@/lib/runs/schemas';
import type { Machine } from './draw-machine';
import { RunDetails } from './run-details';
import { RunGraph } from './run-graph';
import { RunHeader } from './run-header';
import { RunHeld } from './run-held';
import { QualityUnknown, RunQuality } from './run-quality';
import { RunRejected } from './run-rejected';
import { RunStoppedShort } from './run-stopped-short';
import { RunTimeline } from './run-timeline';
import styles from './run-view.module.css';
import { RunWritten } from './run-written';

interface RunViewProps {
  initial: Run;
  machine: Machine;
  /** Whether the person may publish a file that is held. */
  mayPublish: boolean;
}

/** A run as it goes: its machine, its timeline, and what came of it. */
export function RunView({ initial, machine, mayPublish }: RunViewProps) {
  const { data: run, dataUpdatedAt } = useQuery({ ...runOptions(initial.id), initialData: initial, staleTime: 0 });
  const [chosen, setChosen] = useState<string>();
  const now = isOver(run.state)
    ? (run.endedAt ?? run.startedAt)
    : Math.max(dataUpdatedAt, run.visits.at(-1)?.startedAt ?? 0);
  const selected = chosen ?? run.visits.findLast((visit) => visit.type === 'Task')?.state ?? run.visits.at(-1)?.state;
  const unknown = run.verdict?.qualityFailure;
  const view = { run, now, selected, onSelect: setChosen };
  return (
    <div className={styles.page}>
      <RunHeader run={run} now={now} machine={machine} />
      <div className={styles.body}>
        <RunGraph {...view} machine={machine} />
        <div className={styles.right}>
          {run.state === 'rejected' && <RunRejected run={run} />}
          {run.state === 'held' && <RunHeld run={run} mayPublish={mayPublish} />}
          {run.state === 'succeeded' && <RunWritten run={run} />}
          {(run.state === 'failed' || run.state === 'stopped') && <RunStoppedShort run={run} />}
          {run.quality && <RunQuality quality={run.quality} />}
          {unknown && <QualityUnknown table={run.dataset} reason={unknown.Cause && causeSentence(unknown.Cause)} />}
          <RunTimeline {...view} />
        </div>
      </div>
      <RunDetails run={run} machine={machine} selected={selected} />
    </div>
  );
}
