import type { Route } from 'next';
import Link from 'next/link';
import { MissingBar } from '@/components/chart/missing-bar';
import { Panel } from '@/components/ui/panel';
import { Table } from '@/components/ui/table';
import type { Fact, ReportBlock, TableRow } from '@/lib/languages/quality/report/report-document.ts';
import { routes } from '@/lib/routes';
import { ScoreTrend } from '../../_components/score-trend';

/** What the PDF says, as a page: each row's table is a link to its quality. */
export function ReportBlocks({ blocks }: { blocks: readonly ReportBlock[] }) {
  return blocks.map((block) => <Block key={block.kind === 'table' ? block.id : block.kind} block={block} />);
}

function Block({ block }: { block: ReportBlock }) {
  if (block.kind === 'facts') return <Facts facts={block.facts} />;
  if (block.kind === 'table') return <ReportTable block={block} />;
  return (
    <Panel title={block.title}>
      <ScoreTrend title={block.title} points={block.points} height={170} />
    </Panel>
  );
}

function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <Panel>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-3 lg:grid-cols-4">
        {facts.map(({ label, value, note }) => (
          <div key={label} className="min-w-0">
            <dt className="faint text-xs">{label}</dt>
            <dd className="font-semibold text-lg tabular-nums">{value}</dd>
            <dd className="muted text-xs">{note}</dd>
          </div>
        ))}
      </dl>
    </Panel>
  );
}

function ReportTable({ block }: { block: Extract<ReportBlock, { kind: 'table' }> }) {
  const { title, columns, rows, note } = block;
  return (
    <Panel isFlush title={title}>
      {rows.length > 0 && (
        <Table label={title}>
          <thead>
            <tr>
              {columns.map(({ label, isNumber }) => (
                <th key={label} scope="col" className={isNumber ? 'num' : undefined}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.cells.join('\n')}>
                {columns.map(({ label, isNumber }, index) => (
                  <td key={label} className={isNumber ? 'num' : undefined}>
                    <Cell row={row} index={index} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {note && <p className="muted px-4 py-3 text-sm">{note}</p>}
    </Panel>
  );
}

function Cell({ row: { table, cells, share }, index }: { row: TableRow; index: number }) {
  if (index === 0) {
    return (
      <Link className="mono" href={routes.datasetQuality(table) as Route}>
        {cells[0]}
      </Link>
    );
  }
  if (share !== undefined && index === cells.length - 1) return <MissingBar missing={share} />;
  return cells[index];
}
