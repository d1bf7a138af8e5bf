'use client';
import clsx from 'clsx';
import { ArrowUpRight, Eye, Files, SquareTerminal, Table2, Workflow } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Bytes } from '@/components/ui/amount';
import { Icon } from '@/components/ui/icon';
import { StateIcon } from '@/components/ui/state';
import { RelativeTime } from '@/components/ui/time';
import type { LineageNode } from '@/lib/lineage/schemas';
import { routes } from '@/lib/routes';
import styles from './lineage-graph.module.css';

interface LineageCardProps {
  node: LineageNode;
  isSelected: boolean;
  isRelated: boolean;
  madeOf: string[];
  onSelect: () => void;
}

const ICONS = { files: Files, pipeline: Workflow, table: Table2, query: SquareTerminal };

/** One node: pressed, it shows its ways and its columns; its arrow leads to its page. */
export function LineageCard({ node, isSelected, isRelated, madeOf, onSelect }: LineageCardProps) {
  const t = useTranslations('lineage');
  const href = hrefOf(node);
  const name = nameOf(node);
  const icon = node.kind === 'table' && node.isView ? Eye : ICONS[node.kind];
  return (
    <li className={clsx(styles.card, isSelected && styles.selected, !isRelated && styles.unrelated)}>
      <button type="button" className={styles.choose} aria-pressed={isSelected} onClick={onSelect}>
        <Icon of={icon} />
        <span className="grid min-w-0">
          <span className="truncate font-medium">{name}</span>
          <span className="muted flex min-w-0 items-center gap-1.5 truncate text-xs">
            <Note node={node} />
          </span>
          {madeOf.length > 0 && <span className="sr-only">{t('madeOf', { names: madeOf.join(', ') })}</span>}
        </span>
      </button>
      {href && (
        <Link className={clsx('btn sm icon', styles.open)} href={href as Route} aria-label={t('open', { name })}>
          <Icon of={ArrowUpRight} />
        </Link>
      )}
    </li>
  );
}

function nameOf(node: LineageNode): string {
  if (node.kind === 'files') return node.prefix || node.bucket;
  return node.kind === 'pipeline' ? node.dataset : node.name;
}

function hrefOf(node: LineageNode): string | undefined {
  switch (node.kind) {
    case 'files': {
      const zone = /-(raw|processed|quarantine|results)-/.exec(node.bucket)?.[1];
      return zone && routes.files({ zone, prefix: node.prefix });
    }
    case 'pipeline':
      return node.last ? routes.run(node.last.execution) : routes.runs({ dataset: node.dataset });
    case 'table':
      return routes.dataset(node.address);
    case 'query':
      return routes.sql({ saved: node.queryId });
  }
}

function Note({ node }: { node: LineageNode }): ReactNode {
  const t = useTranslations('lineage');
  const states = useTranslations('states');
  switch (node.kind) {
    case 'files':
      return (
        <>
          {t(node.isMore ? 'filesMore' : 'files', { count: node.count })} · <Bytes value={node.sizeBytes} />
        </>
      );
    case 'pipeline':
      return node.last ? (
        <>
          <StateIcon state={node.last.state} />
          <span className="sr-only">{states(node.last.state)}</span>
          <RelativeTime value={node.last.at} />
        </>
      ) : null;
    case 'table':
      if (node.isView) return t('view');
      return node.rows === undefined ? (
        node.database
      ) : (
        <span>
          {t('rows', { count: node.rows })}
          {node.sizeBytes !== undefined && (
            <>
              {' '}
              · <Bytes value={node.sizeBytes} />
            </>
          )}
        </span>
      );
    case 'query':
      return node.owner ?? t('savedQuery');
  }
}
