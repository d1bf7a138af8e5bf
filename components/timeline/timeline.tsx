'use client';
import clsx from 'clsx';
import type { CSSProperties } from 'react';
import { STATE_TONE, StateIcon, type StateName } from '@/components/ui/state';
import { ticksOf } from './ticks';
import styles from './timeline.module.css';

export interface TimelineBar {
  /** Milliseconds from the beginning of the run. */
  start: number;
  duration: number;
  state: StateName;
}

export interface TimelineRow {
  id: string;
  label: string;
  /** Beside the label, fainter: `attempt 2`. */
  aside?: string;
  state: StateName;
  /** The state's word, read out. */
  word: string;
  bars: TimelineBar[];
  /** Behind the last bar: what came of it. */
  note?: string;
  /** Already written out for the reader. */
  duration: string;
}

interface TimelineProps {
  label: string;
  columns: { name: string; time: string; duration: string };
  rows: TimelineRow[];
  /** Milliseconds that the axis spans. */
  span: number;
  /** Where the run is now, if it is still on its way. */
  now?: number;
  tickLabel: (milliseconds: number) => string;
  selected?: string;
  onSelect: (id: string) => void;
}

/** One line for each try of each state, against a common axis of time. */
export function Timeline({ label, columns, rows, span, now, tickLabel, selected, onSelect }: TimelineProps) {
  const ticks = ticksOf(span);
  const axis = { '--T': span } as CSSProperties;
  return (
    <table className={styles.timeline} aria-label={label} style={axis}>
      <thead>
        <tr>
          <th scope="col" className={styles.name}>
            {columns.name}
          </th>
          <th scope="col" className={styles.lane}>
            <span className="sr-only">{columns.time}</span>
            {ticks.map((tick) => (
              <span key={tick} aria-hidden="true" className={styles.tick} style={{ '--a': tick } as CSSProperties}>
                {tickLabel(tick)}
              </span>
            ))}
          </th>
          <th scope="col" className={styles.duration}>
            {columns.duration}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <Row
            key={row.id}
            row={row}
            now={now}
            ticks={ticks}
            isSelected={row.id === selected}
            onSelect={() => onSelect(row.id)}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps {
  row: TimelineRow;
  now: number | undefined;
  ticks: number[];
  isSelected: boolean;
  onSelect: () => void;
}

function Row({ row, now, ticks, isSelected, onSelect }: RowProps) {
  const end = Math.max(0, ...row.bars.map((bar) => bar.start + bar.duration));
  return (
    <tr className={clsx(STATE_TONE[row.state], isSelected && styles.selected)} data-state={row.state}>
      <td className={styles.name}>
        <button type="button" onClick={onSelect} aria-pressed={isSelected}>
          <StateIcon state={row.state} />
          <span className="sr-only">{row.word}</span>
          <span className={styles.label}>
            {row.label} {row.aside && <span className="faint">{row.aside}</span>}
          </span>
        </button>
      </td>
      <td className={styles.lane}>
        {ticks.map((tick) => (
          <i key={tick} className={styles.gridline} style={{ '--a': tick } as CSSProperties} />
        ))}
        {row.bars.map((bar) => (
          <i
            key={bar.start}
            className={clsx(styles.bar, STATE_TONE[bar.state])}
            data-state={bar.state}
            style={{ '--a': bar.start, '--d': bar.duration } as CSSProperties}
          />
        ))}
        {row.note && (
          <em className={styles.note} style={{ '--a': end } as CSSProperties}>
            {row.note}
          </em>
        )}
        {now !== undefined && <i className={styles.now} style={{ '--a': now } as CSSProperties} />}
      </td>
      <td className={styles.duration}>{row.duration}</td>
    </tr>
  );
}
