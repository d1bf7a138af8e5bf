'use client';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { runOptions } from '@/lib/runs/query-options';
import { isOver } from '@/lib/runs/run-state';
import type { Run } from '@/lib/runs/schemas';
import type { Machine } from './draw-machine';
import { RunDetails } from './run-details';
import { RunGraph } from './run-graph';
import { RunHeader } from './run-header';
import { RunRejected } from './run-rejected';
import { RunStoppedShort } from './run-stopped-short';
import { RunTimeline } from './run-timeline';
import styles from './run-view.module.css';
import { RunWritten } from './run-written';

/** A run as it goes: its machine, its timeline, and what came of it. */
export function RunView({ initial, machine }: { initial: Run; machine: Machine }) {
  const { data: run, dataUpdatedAt } = useQuery({ ...runOptions(initial.id), initialData: initial, staleTime: 0 });
  const [chosen, setChosen] = useState<string>();
  const now = isOver(run.state)
    ? (run.endedAt ?? run.startedAt)
    : Math.max(dataUpdatedAt, run.visits.at(-1)?.startedAt ?? 0);
  const selected = chosen ?? run.visits.findLast((visit) => visit.type === 'Task')?.state ?? run.visits.at(-1)?.state;
  const view = { run, now, selected, onSelect: setChosen };
  return (
    <div className={styles.page}>
      <RunHeader run={run} now={now} machine={machine} />
      <div className={styles.body}>
        <RunGraph {...view} machine={machine} />
        <div className={styles.right}>
          {run.state === 'rejected' && <RunRejected run={run} />}
          {run.state === 'succeeded' && <RunWritten run={run} />}
          {(run.state === 'failed' || run.state === 'stopped') && <RunStoppedShort run={run} />}
          <RunTimeline {...view} />
        </div>
      </div>
      <RunDetails run={run} machine={machine} selected={selected} />
    </div>
  );
}
