'use client';
import { useLocale, useTranslations } from 'next-intl';
import { type NodeLook, StateGraph } from '@/components/graph/state-graph';
import { formatDuration } from '@/lib/format/duration';
import { type NodeState, nodeStates, wayTone } from '@/lib/runs/graph-looks';
import type { Run } from '@/lib/runs/schemas';
import type { Machine } from './draw-machine';
import styles from './run-view.module.css';

interface RunGraphProps {
  run: Run;
  now: number;
  machine: Machine;
  selected: string | undefined;
  onSelect: (state: string) => void;
}

export function RunGraph({ run, now, machine, selected, onSelect }: RunGraphProps) {
  const t = useTranslations();
  const locale = useLocale();
  const { nodes, edges } = machine.layout;
  const ids = nodes.map((node) => node.id);
  const states = nodeStates(ids, edges, { visits: run.visits, run: run.state, now });
  const lookOf = ({ state, durationMs, isOff }: NodeState): NodeLook => ({
    state,
    isOff,
    word: isOff ? t('runs.skipped') : t(`states.${state}`),
    note: durationMs === undefined ? undefined : formatDuration(durationMs, locale),
  });
  const looks = Object.fromEntries(Object.entries(states).map(([id, state]) => [id, lookOf(state)]));
  return (
    <section className={styles.graph} aria-labelledby="machine">
      <div className="ph">
        <h2 id="machine">{t('runs.machine')}</h2>
        <span className="mono faint text-xs">{machine.name}</span>
      </div>
      <div className={styles.drawing}>
        <StateGraph
          label={t('runs.machineLabel', { state: t(`states.${run.state}`), name: selected ?? '–' })}
          layout={machine.layout}
          looks={looks}
          toneOf={wayTone(run.visits, states, run.state)}
          selected={selected}
          onSelect={onSelect}
        />
      </div>
    </section>
  );
}
