'use client';
import {
  ArrowDownUp,
  ArrowLeftRight,
  Combine,
  Database,
  Filter,
  type LucideIcon,
  Rows3,
  Sigma,
  Table2,
  Workflow,
} from 'lucide-react';
import { useLocale, useTranslations } from 'next-intl';
import type { CSSProperties } from 'react';
import { Bytes, Duration } from '@/components/ui/amount';
import { Icon } from '@/components/ui/icon';
import { Tag } from '@/components/ui/tag';
import { formatShare } from '@/lib/format/number';
import {
  costliestStep,
  type PlanStep,
  type StepKind,
  scannedColumns,
  stepsOf,
  tableOf,
} from '@/lib/languages/trino-plan/plan-step.ts';
import styles from './plan-tree.module.css';

const icons: Partial<Record<StepKind, LucideIcon>> = {
  output: Table2,
  scan: Database,
  filter: Filter,
  join: Combine,
  cross: Combine,
  semijoin: Combine,
  aggregate: Sigma,
  distinct: Sigma,
  sort: ArrowDownUp,
  top: ArrowDownUp,
  exchange: ArrowLeftRight,
  values: Rows3,
};

interface Measures {
  mostRows: number;
  totalMs: number;
  costliest: PlanStep | undefined;
}

/** The steps of a plan, each above those that it takes its rows from. */
export function PlanTree({ root }: { root: PlanStep }) {
  const t = useTranslations('sql.plan');
  const steps = stepsOf(root);
  const measures = {
    mostRows: Math.max(0, ...steps.map(({ rows = 0 }) => rows)),
    totalMs: steps.reduce((sum, { cpuMs = 0 }) => sum + cpuMs, 0),
    costliest: costliestStep(root),
  };
  return (
    <ul className={styles.tree} aria-label={t('tree')}>
      <Step step={root} measures={measures} />
    </ul>
  );
}

function Step({ step, measures }: { step: PlanStep; measures: Measures }) {
  const t = useTranslations('sql.plan');
  const isCostliest = step === measures.costliest;
  return (
    <li>
      <div className={styles.step} data-costliest={isCostliest || undefined}>
        <Icon of={icons[step.kind] ?? Workflow} size="s" />
        <div className="grid min-w-0 gap-0.5">
          <p className="flex flex-wrap items-center gap-x-2">
            <b>{t(`step.${step.kind}`)}</b>
            <span className="mono faint">{step.name}</span>
            {isCostliest && <Tag isOn>{t('costliest')}</Tag>}
          </p>
          <Facts step={step} />
        </div>
        <Spent step={step} measures={measures} />
      </div>
      {step.children.length > 0 && (
        <ul>
          {step.children.map((child, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a plan does not change, and its steps have no names of their own.
            <Step key={index} step={child} measures={measures} />
          ))}
        </ul>
      )}
    </li>
  );
}

function Facts({ step }: { step: PlanStep }) {
  const t = useTranslations('sql.plan');
  const facts = factsOf(step);
  if (facts.length === 0) return null;
  return (
    <dl className={styles.facts}>
      {facts.map(({ key, value }) => (
        <div key={key + value}>
          <dt>{t(key)}</dt>
          <dd className={key === 'distribution' ? undefined : 'mono'}>
            {value === 'partitioned' || value === 'replicated' ? t(value) : value}
          </dd>
        </div>
      ))}
    </dl>
  );
}

type FactName = 'table' | 'columns' | 'filter' | 'partitionValues' | 'keys' | 'criteria' | 'distribution' | 'files';

function factsOf(step: PlanStep): { key: FactName; value: string }[] {
  const { facts, details, kind } = step;
  const found: { key: FactName; value: string | undefined }[] = [];
  if (kind === 'scan') {
    const { columns, partitions } = scannedColumns(step);
    found.push({ key: 'table', value: tableOf(step) }, { key: 'columns', value: columns.join(', ') });
    for (const { key, values } of partitions) {
      found.push({ key: 'partitionValues', value: values === '' ? key : `${key}: ${values}` });
    }
    found.push({ key: 'files', value: details.map((line) => /^files: (\d+)/.exec(line)?.[1]).find(Boolean) });
  }
  found.push(
    { key: 'filter', value: facts.filterPredicate },
    { key: 'keys', value: facts.keys ?? facts.orderBy },
    { key: 'criteria', value: facts.criteria },
  );
  const distribution =
    facts.distribution ?? details.map((line) => /^Distribution: (\w+)/.exec(line)?.[1]).find(Boolean);
  found.push({ key: 'distribution', value: distribution?.toLowerCase() });
  if (kind === 'aggregate') found.push({ key: 'columns', value: details.join(', ') });
  return found.flatMap(({ key, value }) => (value ? [{ key, value }] : []));
}

function Spent({ step, measures }: { step: PlanStep; measures: Measures }) {
  const t = useTranslations('sql.plan');
  const locale = useLocale();
  const { rows, bytes, cpuMs, isEstimate } = step;
  if (rows === undefined && cpuMs === undefined) return <span />;
  const share = measures.mostRows > 0 ? (rows ?? 0) / measures.mostRows : 0;
  return (
    <div className={styles.spent}>
      {rows !== undefined && (
        <>
          <span>
            {t(isEstimate ? 'about' : 'rows', { count: Math.round(rows) })}
            {bytes !== undefined && (
              <>
                {' · '}
                <Bytes value={bytes} />
              </>
            )}
          </span>
          <i style={{ '--share': share } as CSSProperties} />
        </>
      )}
      {cpuMs !== undefined && (
        <span className="faint">
          <Duration value={cpuMs} />
          {measures.totalMs > 0 && <> · {formatShare(cpuMs / measures.totalMs, locale)}</>}
        </span>
      )}
    </div>
  );
}
