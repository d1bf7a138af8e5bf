'use client';
import { useTranslations } from 'next-intl';
import { Amount } from '@/components/ui/amount';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { Tabs } from '@/components/ui/tabs';
import { Count } from '@/components/ui/tag';
import type { TableComparison } from '@/lib/languages/compare/comparison.ts';
import { ColumnChanges } from './column-changes';
import { KeyPanel } from './key-panel';
import { RowSamples } from './row-samples';

interface TableComparisonViewProps {
  comparison: TableComparison;
  onPickKey: (columns: readonly string[]) => void;
  onText: () => void;
}

/** What became of columns and rows; the counts are of all rows, the samples the first of each class. */
export function TableComparisonView({ comparison, onPickKey, onText }: TableComparisonViewProps) {
  const t = useTranslations('compare');
  const { rows, samples, columns } = comparison;
  const isWhole = comparison.key.reason === 'none';
  const shown = (['changed', 'added', 'removed'] as const).filter((each) => rows[each] > 0);
  return (
    <>
      <dl className="panel grid grid-cols-4 max-sm:grid-cols-2">
        <Figure mark="~" label={t('rows.changed')} value={isWhole ? undefined : rows.changed} />
        <Figure mark="+" label={t('rows.added')} value={rows.added} />
        <Figure mark="−" label={t('rows.removed')} value={rows.removed} />
        <Figure mark="=" label={t('rows.unchanged')} value={rows.unchanged} />
      </dl>
      <p className="muted flex flex-wrap items-center gap-x-3 gap-y-1">
        <span>
          {t('rows.total')} <Amount value={rows.from} /> → <Amount value={rows.to} />
        </span>
        <span>{t('equality')}</span>
        <Button size="sm" variant="ghost" onClick={onText}>
          {t('asText')}
        </Button>
      </p>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <ColumnChanges columns={columns} />
        <KeyPanel comparison={comparison} onPickKey={onPickKey} />
      </div>
      {shown.length === 0 ? (
        <Panel>
          <p>{t('rows.same')}</p>
        </Panel>
      ) : (
        <section className="panel clip">
          <Tabs
            label={t('rows.title')}
            tabs={shown.map((each) => ({
              value: each,
              label: (
                <>
                  {t(`rows.${each}`)}{' '}
                  <Count>
                    <Amount value={rows[each]} />
                  </Count>
                </>
              ),
              content: <RowSamples kind={each} columns={columns} samples={samples[each]} total={rows[each]} />,
            }))}
          />
        </section>
      )}
    </>
  );
}

function Figure({ mark, label, value }: { mark: string; label: string; value: number | undefined }) {
  return (
    <div className="min-w-0 border-line border-l px-4 py-3 first:border-l-0 max-sm:[&:nth-child(3)]:border-l-0">
      <dt className="muted text-xs">
        <span aria-hidden="true">{mark} </span>
        {label}
      </dt>
      <dd className="truncate text-xl">
        <Amount value={value} />
      </dd>
    </div>
  );
}
