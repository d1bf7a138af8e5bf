'use client';
import { FileWarning, Upload } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { ProblemTable } from '@/components/table/problem-table';
import { LinkButton } from '@/components/ui/button';
import { ErrorPanel } from '@/components/ui/error-panel';
import type { Fact } from '@/components/ui/facts';
import type { Verdict } from '@/lib/languages/contract/verdict.ts';
import { routes } from '@/lib/routes';
import type { Run } from '@/lib/runs/schemas';

/** What is wrong with the file, where it is now and what to do: retrying cannot help, a better file can. */
export function RunRejected({ run }: { run: Run }) {
  const t = useTranslations('runs.rejected');
  const { verdict } = run;
  if (!verdict) return <ErrorPanel tone="rejected" title={t('title')} body={run.cause ?? t('noVerdict')} />;
  const shown = verdict.problems.length;
  return (
    <>
      <ErrorPanel
        tone="rejected"
        title={t('problems', { count: verdict.problemCount, file: verdict.file })}
        body={t('unchanged')}
        facts={factsOf(verdict, t)}
        actions={<RejectedActions verdict={verdict} />}
      />
      {/* Broken rules are told by the evaluation, which comes next. */}
      {!run.quality && (
        <section aria-label={t('table')}>
          <ProblemTable label={t('table')} problems={verdict.problems} />
          {shown < verdict.problemCount && (
            <p className="faint border-line border-b px-4 py-1.5 text-xs">
              {t('first', { shown, count: verdict.problemCount })}
            </p>
          )}
        </section>
      )}
    </>
  );
}

function factsOf(verdict: Verdict, t: ReturnType<typeof useTranslations<'runs.rejected'>>): Fact[] {
  const { quarantined } = verdict;
  const columns = countByColumn(verdict);
  const where = columns.map(([column, count]) => t('columnCount', { column, count })).join(', ');
  return [
    ...(where ? [{ label: t('where'), value: <span className="break-words">{where}</span> }] : []),
    ...(quarantined
      ? [
          {
            label: t('fileNow'),
            value: <span className="mono break-all">{`s3://${quarantined.bucket}/${quarantined.key}`}</span>,
          },
        ]
      : []),
    { label: t('todoLabel'), value: verdict.quality ? t('todoRules') : t('todo') },
  ];
}

function RejectedActions({ verdict }: { verdict: Verdict }) {
  const t = useTranslations('runs.rejected');
  const { quarantined } = verdict;
  const folder = quarantined?.key.slice(0, quarantined.key.lastIndexOf('/') + 1);
  return (
    <>
      <LinkButton variant="primary" icon={Upload} href={routes.upload()}>
        {t('again')}
      </LinkButton>
      {quarantined && (
        <LinkButton icon={FileWarning} href={routes.files({ zone: 'quarantine', prefix: folder })}>
          {t('openQuarantine')}
        </LinkButton>
      )}
    </>
  );
}

/** How many problems each column has among those that are named, most first. */
function countByColumn(verdict: Verdict): [string, number][] {
  const counts = new Map<string, number>();
  for (const { column } of verdict.problems) if (column) counts.set(column, (counts.get(column) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}
