import { getTranslations } from 'next-intl/server';
import { Suspense } from 'react';
import { Failure } from '@/components/shell/failure';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { Skeleton } from '@/components/ui/skeleton';
import { can } from '@/lib/auth/permissions';
import { load, pageContext } from '@/lib/page';
import { getTableQuality } from '@/lib/quality';
import type { TableQualityDetail } from '@/lib/quality/get-table-quality';
import { planFailingRows } from '@/lib/quality/plan-failing-rows';
import { CheckTable } from './_components/check-table';
import { EvaluationAnomalies } from './_components/evaluation-anomalies';
import { EvaluationHead } from './_components/evaluation-head';
import { EvaluationHistory } from './_components/evaluation-history';
import { FailingRows } from './_components/failing-rows';
import { RuleOutcomes } from './_components/rule-outcomes';
import { RulesPanel } from './_components/rules-panel';
import { TableQualitySearch } from './search-params';

interface TableQualityPageProps {
  params: Promise<{ name: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export async function generateMetadata({ params }: TableQualityPageProps) {
  const t = await getTranslations('tableQuality');
  return { title: t('pageTitle', { table: decodeURIComponent((await params).name) }) };
}

export default async function TableQualityPage({ params, searchParams }: TableQualityPageProps) {
  const table = decodeURIComponent((await params).name);
  const { evaluation, rule } = TableQualitySearch.parse(await searchParams);
  return (
    <div className="page">
      <Suspense
        key={`${evaluation} ${rule}`}
        fallback={
          <Panel>
            <Skeleton lines={12} />
          </Panel>
        }
      >
        <TableQuality table={table} evaluation={evaluation} rule={rule} />
      </Suspense>
      <Suspense
        fallback={
          <Panel>
            <Skeleton lines={8} />
          </Panel>
        }
      >
        <RulesPanel table={table} />
      </Suspense>
    </div>
  );
}

interface Asked {
  table: string;
  evaluation: string | undefined;
  rule: string | undefined;
}

async function TableQuality({ table, evaluation, rule }: Asked) {
  const result = await load(getTableQuality, { table, ...(evaluation ? { evaluation } : {}) });
  if (!result.ok) return <Failure error={result.error} />;
  if (!result.data.evaluation) return <NeverChecked table={table} />;
  return <Shown quality={result.data} evaluation={result.data.evaluation} rule={rule} />;
}

async function NeverChecked({ table }: { table: string }) {
  const t = await getTranslations('tableQuality');
  return (
    <Panel>
      <EmptyState title={t('never.title')} body={t('never.body')} actions={<CheckTable table={table} isPrimary />} />
    </Panel>
  );
}

interface ShownProps {
  quality: TableQualityDetail;
  evaluation: NonNullable<TableQualityDetail['evaluation']>;
  rule: string | undefined;
}

async function Shown({ quality, evaluation, rule }: ShownProps) {
  const { role } = await pageContext();
  const sql = rule === undefined ? undefined : planFailingRows(evaluation, rule);
  const outcomes = evaluation.rulesets.flatMap((ruleset) => ruleset.outcomes);
  return (
    <>
      <EvaluationHead quality={quality} evaluation={evaluation} />
      <RuleOutcomes evaluation={evaluation} chosen={rule} />
      {rule !== undefined && (
        <FailingRows
          rule={rule}
          table={evaluation.table}
          sql={sql}
          canQuery={can(role, 'queries:run')}
          count={outcomes.find((outcome) => outcome.rule === rule)?.failingRows}
          isStaged={evaluation.staged !== undefined}
        />
      )}
      {evaluation.anomalies.length > 0 && <EvaluationAnomalies evaluation={evaluation} />}
      <EvaluationHistory quality={quality} shown={evaluation.id} />
    </>
  );
}
