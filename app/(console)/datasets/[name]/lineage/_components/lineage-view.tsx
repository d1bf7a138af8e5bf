'use client';
import { useTranslations } from 'next-intl';
import { type ReactNode, useState } from 'react';
import { Panel } from '@/components/ui/panel';
import type { Lineage } from '@/lib/lineage/schemas';
import { LineageColumns } from './lineage-columns';
import { LineageGraph } from './lineage-graph';

/** The drawing, and the columns of the table that is chosen in it. */
export function LineageView({ lineage, actions }: { lineage: Lineage; actions: ReactNode }) {
  const t = useTranslations('lineage');
  const [selected, setSelected] = useState(lineage.focus);
  const node = lineage.nodes.find(({ id }) => id === selected);
  return (
    <>
      <Panel title={t('title')} actions={actions}>
        <p className="muted mb-3">{t('lead')}</p>
        <LineageGraph lineage={lineage} selected={selected} onSelect={setSelected} />
      </Panel>
      {node?.kind === 'table' && (
        <LineageColumns key={node.id} table={node} columns={lineage.columns[node.id] ?? []} onSelect={setSelected} />
      )}
    </>
  );
}
