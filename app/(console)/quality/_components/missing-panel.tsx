import type { Route } from 'next';
import Link from 'next/link';
import { getFormatter, getTimeZone, getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { Panel } from '@/components/ui/panel';
import { load } from '@/lib/page';
import { getMissing } from '@/lib/quality';
import { routes } from '@/lib/routes';
import type { QualitySearch } from '../search-params';
import { MissingMap } from './missing-map';

interface MissingPanelProps {
  table: string;
  /** Those that were checked, to choose from. */
  tables: readonly string[];
  search: QualitySearch;
}

/** Which columns lacked how much on which day. */
export async function MissingPanel({ table, tables, search }: MissingPanelProps) {
  const t = await getTranslations('quality');
  const result = await load(getMissing, { table, days: search.days, timeZone: await getTimeZone() });
  const others = tables.filter((each) => each !== table);
  return (
    <div id="missing">
      <Panel title={t('missing')} aside={t('missingOf', { table })} actions={<Legend />}>
        {others.length > 0 && (
          <nav className="mb-2 flex flex-wrap gap-x-3 gap-y-1 text-xs" aria-label={t('otherTables')}>
            {others.map((each) => (
              <Link key={each} className="mono" href={`${routes.quality({ ...search, table: each })}#missing` as Route}>
                {each}
              </Link>
            ))}
          </nav>
        )}
        {!result.ok ? (
          <Failure error={result.error} />
        ) : result.data.columns.length === 0 ? (
          <p className="muted">{t('missingNothing')}</p>
        ) : (
          <MissingMap data={result.data} />
        )}
      </Panel>
    </div>
  );
}

async function Legend() {
  const t = await getTranslations('quality');
  const format = await getFormatter();
  return (
    <span className="flex flex-wrap items-center gap-x-3 text-xs">
      <span className="flex items-center gap-1">
        {format.number(0, { style: 'percent' })}
        {[0, 1, 2, 3, 4, 5].map((depth) => (
          <i
            key={depth}
            aria-hidden
            className="inline-block h-2.5 w-5 rounded-[1px]"
            style={{ background: `var(--depth-${depth})` }}
          />
        ))}
        {format.number(1, { style: 'percent' })}
      </span>
      <span className="flex items-center gap-1">
        <i aria-hidden className="inline-block h-2.5 w-3.5 border border-line-strong border-dashed" />
        {t('noColumnYet')}
      </span>
    </span>
  );
}
