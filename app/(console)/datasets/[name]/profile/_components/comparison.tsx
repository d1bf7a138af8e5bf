'use client';
import { useLocale, useTranslations } from 'next-intl';
import { barsOf, MiniHistogram } from '@/components/chart/mini-histogram';
import { LinkButton } from '@/components/ui/button';
import { Facts } from '@/components/ui/facts';
import { Panel } from '@/components/ui/panel';
import { State, type StateName } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import { RelativeTime } from '@/components/ui/time';
import { formatNumber, formatShare } from '@/lib/format/number';
import type { ColumnDrift, DriftLevel } from '@/lib/languages/quality/profile-drift.ts';
import type { ColumnProfile } from '@/lib/languages/quality/table-profile.ts';
import type { ProfileComparison } from '@/lib/quality/profile/schemas';
import { routes } from '@/lib/routes';
import { ComparePicker } from './compare-picker';
import { useDriftText } from './use-drift-text';

const STATE: Record<DriftLevel, StateName> = { none: 'succeeded', small: 'waiting', large: 'rejected' };

interface ComparisonProps {
  table: string;
  comparison: ProfileComparison;
  known: readonly string[];
}

/** Two profiles beside each other: whether the table is still the same, in words, and which columns are not. */
export function Comparison({ table, comparison, known }: ComparisonProps) {
  const t = useTranslations('profile');
  const locale = useLocale();
  const { before, after, drift } = comparison;
  const changed = drift.columns.filter(({ level }) => level !== 'none').length;
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <p className="min-w-0">
          <State state={STATE[drift.level]}>{t(`compare.verdict.${drift.level}`, { count: changed })}</State>
        </p>
        <span className="grow" />
        <ComparePicker table={table} known={known} from={before.profiledAt} to={after.profiledAt} />
        <LinkButton href={routes.datasetProfile(table)}>{t('compare.back')}</LinkButton>
      </div>
      <div className="panel px-4 py-3">
        <Facts
          items={[
            { label: t('compare.before'), value: <RelativeTime value={before.profiledAt} /> },
            { label: t('compare.after'), value: <RelativeTime value={after.profiledAt} /> },
            {
              label: t('facts.rows'),
              value: `${formatNumber(drift.rows.before, locale)} → ${formatNumber(drift.rows.after, locale)}`,
            },
            ...(drift.duplicates
              ? [
                  {
                    label: t('facts.duplicates'),
                    value: `${formatShare(drift.duplicates.before, locale)} → ${formatShare(drift.duplicates.after, locale)}`,
                  },
                ]
              : []),
          ]}
        />
      </div>
      <Panel isFlush title={t('compare.columns')} aside={t('compare.changed', { count: changed })}>
        <Table label={t('compare.columns')}>
          <thead>
            <tr>
              <th scope="col">{t('columns.column')}</th>
              <th scope="col">{t('compare.verdictColumn')}</th>
              <th scope="col">{t('compare.before')}</th>
              <th scope="col">{t('compare.after')}</th>
              <th scope="col" className="w-full">
                {t('compare.what')}
              </th>
            </tr>
          </thead>
          <tbody>
            {drift.columns.map((column) => (
              <DriftRow key={column.name} drift={column} />
            ))}
          </tbody>
        </Table>
      </Panel>
    </>
  );
}

function DriftRow({ drift }: { drift: ColumnDrift }) {
  const t = useTranslations('profile');
  const say = useDriftText(drift);
  return (
    <tr>
      <td className="mono">{drift.name}</td>
      <td>
        <State state={STATE[drift.level]}>{t(`compare.level.${drift.level}`)}</State>
      </td>
      <td>
        <Shape column={drift.before} />
      </td>
      <td>
        <Shape column={drift.after} />
      </td>
      <td className="!whitespace-normal !h-auto min-w-80">
        {drift.reasons.length === 0 ? (
          <span className="faint">{t('compare.same')}</span>
        ) : (
          <ul>
            {drift.reasons.map((reason) => (
              <li key={reason.code}>{say(reason)}</li>
            ))}
          </ul>
        )}
      </td>
    </tr>
  );
}

function Shape({ column }: { column: ColumnProfile | undefined }) {
  const t = useTranslations('profile');
  const bars = column ? barsOf(column) : [];
  if (!column || bars.length === 0) return <span className="faint">–</span>;
  return <MiniHistogram label={t('columns.distributionOf', { name: column.name })} bars={bars} />;
}
