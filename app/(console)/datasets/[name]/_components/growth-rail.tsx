import type { Route } from 'next';
import Link from 'next/link';
import { useLocale, useTranslations } from 'next-intl';
import { Panel } from '@/components/ui/panel';
import { Tag } from '@/components/ui/tag';
import { RelativeTime } from '@/components/ui/time';
import type { TableSummary } from '@/lib/catalog/schemas';
import { formatNumber } from '@/lib/format/number';
import { routes } from '@/lib/routes';
import { withSign } from './with-sign';

const SHOWN = 6;

/** The last loads of the table, newest first: what each changed, and the run that did it. */
export function GrowthRail({ table, dataset }: { table: TableSummary; dataset: string }) {
  const t = useTranslations('datasets');
  const locale = useLocale();
  const growth = table.growth ?? [];
  if (growth.length === 0) return null;
  const loads = growth.map((point, index) => ({ ...point, before: growth[index - 1]?.rows })).reverse();
  const number = (value: number) => formatNumber(value, locale);
  return (
    <Panel
      title={t('loads')}
      actions={
        <Link className="text-xs" href={routes.datasetVersions(dataset) as Route}>
          {t('allVersions')}
        </Link>
      }
    >
      <ol className="grid gap-3 border-line border-l">
        {loads.slice(0, SHOWN).map(({ at, rows, before, execution }, index) => (
          <li key={execution} className="relative grid gap-0.5 pl-4">
            <span
              aria-hidden="true"
              className={
                index === 0
                  ? 'absolute top-1.5 -left-1 size-2 rounded-full bg-accent'
                  : 'absolute top-1.5 -left-1 size-2 rounded-full border border-line-strong bg-surface'
              }
            />
            <span className="flex flex-wrap items-center gap-2">
              <Link href={routes.run(execution) as Route}>
                <RelativeTime value={at} />
              </Link>
              {index === 0 && <Tag isOn>{t('now')}</Tag>}
            </span>
            <span className="text-xs">
              {before !== undefined && <b className="font-medium">{withSign(rows - before, number)} </b>}
              <span className="muted">{t('rowsInAll', { rows })}</span>
            </span>
          </li>
        ))}
      </ol>
    </Panel>
  );
}
