'use client';
import { SquareTerminal } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { Amount, Bytes } from '@/components/ui/amount';
import { LinkButton } from '@/components/ui/button';
import { State } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import type { TransformReport } from '@/lib/languages/contract/transform-report.ts';
import { routes } from '@/lib/routes';
import type { Run } from '@/lib/runs/schemas';

/** What a good run has done: the tables it wrote, with the ways to look at them. */
export function RunWritten({ run }: { run: Run }) {
  const t = useTranslations('runs.written');
  const { report, verdict } = run;
  const outcome = report && report.outcome !== 'staged' ? report.outcome : outcomeOf(verdict?.status);
  return (
    <section aria-labelledby="written" className="border-line border-b">
      <div className="ph">
        <h2 id="written">{t('title')}</h2>
        <State state="succeeded">{t(`outcome.${outcome}`)}</State>
      </div>
      {report ? (
        <WrittenTables report={report} />
      ) : (
        <p className="muted pb">
          {t(`explained.${outcome}`)}{' '}
          {outcome === 'file' && run.dataset && (
            <Link href={routes.dataset(run.dataset) as Route}>{t('seeFiles', { dataset: run.dataset })}</Link>
          )}
        </p>
      )}
    </section>
  );
}

type Outcome = 'written' | 'removed' | 'superseded' | 'file' | 'ignored';

function outcomeOf(status: string | undefined): Outcome {
  return status === 'file' || status === 'superseded' || status === 'removed' ? status : 'ignored';
}

function WrittenTables({ report }: { report: TransformReport }) {
  const t = useTranslations('runs.written');
  return (
    <Table label={t('title')}>
      <thead>
        <tr>
          <th scope="col">{t('table')}</th>
          <th scope="col" className="num">
            {t('rows')}
          </th>
          <th scope="col" className="num">
            {t('columns')}
          </th>
          <th scope="col" className="num">
            {t('size')}
          </th>
          <th scope="col">
            <span className="sr-only">{t('query')}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {report.tables.map((table) => (
          <tr key={table.name}>
            <td>
              <Link className="mono" href={routes.dataset(table.name) as Route}>
                {table.name}
              </Link>
            </td>
            <td className="num">
              <Amount value={table.rows} />
            </td>
            <td className="num">
              <Amount value={table.columns.length} />
            </td>
            <td className="num">
              <Bytes value={table.sizeBytes} />
            </td>
            <td className="num">
              <LinkButton
                size="sm"
                icon={SquareTerminal}
                href={routes.sql({ query: `SELECT *\nFROM ${table.name}\nLIMIT 100` })}
              >
                {t('query')}
              </LinkButton>
            </td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}
