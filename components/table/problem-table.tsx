'use client';
import { useTranslations } from 'next-intl';
import { Amount } from '@/components/ui/amount';
import { Null, Table } from '@/components/ui/table';
import type { Problem } from '@/lib/languages/contract/problem.ts';
import { useProblemText } from './use-problem-text';

/** What is wrong with a file: row, column, value, and what was expected instead. */
export function ProblemTable({ label, problems }: { label: string; problems: readonly Problem[] }) {
  const t = useTranslations('problems');
  const textOf = useProblemText();
  return (
    <Table label={label}>
      <thead>
        <tr>
          <th scope="col" className="num w-20">
            {t('row')}
          </th>
          <th scope="col">{t('column')}</th>
          <th scope="col">{t('value')}</th>
          <th scope="col" className="w-full">
            {t('expected')}
          </th>
        </tr>
      </thead>
      <tbody>
        {problems.map((problem, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a verdict's list never changes, and two problems may be alike.
          <tr key={index}>
            <td className="num faint">
              <Amount value={problem.row} />
            </td>
            <td className="mono">{problem.column ?? '–'}</td>
            <Value problem={problem} />
            <td className="min-w-48 !whitespace-normal">{textOf(problem)}</td>
          </tr>
        ))}
      </tbody>
    </Table>
  );
}

function Value({ problem }: { problem: Problem }) {
  if (problem.code === 'value-required') {
    return (
      <td className="bad">
        <Null />
      </td>
    );
  }
  if (problem.value === undefined) return <td className="faint">–</td>;
  return <td className="bad mono max-w-80 overflow-hidden text-ellipsis">{problem.value}</td>;
}
