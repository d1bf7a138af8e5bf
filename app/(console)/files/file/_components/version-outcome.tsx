import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { ProblemTable } from '@/components/table/problem-table';
import { Amount } from '@/components/ui/amount';
import { type Fact, KeyValue } from '@/components/ui/facts';
import { Panel } from '@/components/ui/panel';
import { State } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import { routes } from '@/lib/routes';
import { shortRunId } from '@/lib/runs/run-name';
import type { VersionDetails, VersionRun } from '@/lib/versions/schemas';

/** The run, its verdict, and the tables that the version became. */
export function VersionOutcome({ version }: { version: VersionDetails }) {
  const t = useTranslations('versions.became');
  const { zone, run, verdict, tables = [] } = version;
  if (!run || !verdict) {
    return (
      <Panel title={t('title')}>
        <p className="muted">{t(zone === 'results' ? 'noneResults' : 'none')}</p>
      </Panel>
    );
  }
  return (
    <div className="grid min-w-0 gap-4">
      <Panel title={t('title')}>
        <RunFacts version={version} run={run} />
      </Panel>
      {tables.length > 0 && <BecameTables tables={tables} />}
      {verdict.problems.length > 0 && (
        <Panel isFlush title={t('problems')} aside={verdict.problemCount}>
          <ProblemTable label={t('problems')} problems={verdict.problems} />
        </Panel>
      )}
    </div>
  );
}

function RunFacts({ version: { zone, verdict }, run }: { version: VersionDetails; run: VersionRun }) {
  const t = useTranslations('versions');
  const checked = verdict?.rowsChecked ?? 0;
  const facts: (Fact | false)[] = [
    { label: t(zone === 'raw' ? 'became.run' : 'became.madeBy'), value: <RunLink run={run} /> },
    { label: t('became.verdict'), value: t(`verdict.${run.verdict}`) },
    checked > 0 && {
      label: t('became.checked'),
      value: (
        <>
          <Amount value={checked} /> {t('downstream.rows')}
        </>
      ),
    },
    run.rows !== undefined && { label: t('became.rowsOut'), value: <Amount value={run.rows} /> },
  ];
  return <KeyValue items={facts.filter((fact) => fact !== false)} />;
}

function RunLink({ run: { id, state } }: { run: VersionRun }) {
  const t = useTranslations();
  if (!state) return <span className="muted">{t('versions.became.forgotten', { id: shortRunId(id) })}</span>;
  return (
    <span className="inline-flex flex-wrap items-center gap-2">
      <State state={state}>{t(`states.${state}`)}</State>
      <Link href={routes.run(id) as Route}>{t('versions.run', { id: shortRunId(id) })}</Link>
    </span>
  );
}

function BecameTables({ tables }: { tables: NonNullable<VersionDetails['tables']> }) {
  const t = useTranslations('versions.became');
  return (
    <Panel isFlush title={t('tables')} aside={tables.length}>
      <Table label={t('tables')}>
        <thead>
          <tr>
            <th scope="col" className="w-full">
              {t('table')}
            </th>
            <th scope="col" className="num">
              {t('rowsThen')}
            </th>
          </tr>
        </thead>
        <tbody>
          {tables.map(({ name, rows, isThere }) => (
            <tr key={name}>
              <td className="mono">{isThere ? <Link href={routes.dataset(name) as Route}>{name}</Link> : name}</td>
              <td className="num">
                <Amount value={rows} />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}
