'use client';
import clsx from 'clsx';
import { useTranslations } from 'next-intl';
import { useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import type { Lineage } from '@/lib/lineage/schemas';
import { related, stagesOf } from '@/lib/lineage/stages';
import { LineageCard } from './lineage-card';
import styles from './lineage-graph.module.css';

interface LineageGraphProps {
  lineage: Lineage;
  selected: string;
  onSelect: (id: string) => void;
}

const CARD = { width: 208, height: 64 };
const GAP = { x: 44, y: 12 };
const HEADING = 26;
/** Of a stage; the rest is folded. */
const SHOWN = 8;

/** From left to right what a dataset is made of and what is made of it; on narrow screens one below the other. */
export function LineageGraph({ lineage, selected, onSelect }: LineageGraphProps) {
  const t = useTranslations('lineage');
  const [isWhole, setWhole] = useState(false);
  const stages = useMemo(
    () =>
      stagesOf(
        lineage.nodes.map(({ id }) => id),
        lineage.edges,
      ),
    [lineage],
  );
  const ways = useMemo(() => related(selected, lineage.edges), [selected, lineage]);
  const shown = stages.map(({ ids }) => (isWhole ? ids : ids.slice(0, SHOWN)));
  const folded = stages.reduce((sum, { ids }) => sum + ids.length, 0) - shown.reduce((sum, ids) => sum + ids.length, 0);
  const places = new Map(shown.flatMap((ids, x) => ids.map((id, y) => [id, { x, y }] as const)));
  const byId = new Map(lineage.nodes.map((node) => [node.id, node]));
  const width = shown.length * (CARD.width + GAP.x) - GAP.x;
  const height = HEADING + Math.max(...shown.map((ids) => ids.length)) * (CARD.height + GAP.y);
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms. */}
      <div className={styles.frame} role="group" aria-label={t('drawing')} tabIndex={0}>
        <div className={styles.graph} style={{ maxWidth: width }}>
          <svg className={styles.edges} width={width} height={height} aria-hidden="true">
            {lineage.edges.map(({ from, to }) => {
              const [a, b] = [places.get(from), places.get(to)];
              if (!a || !b) return null;
              const isLit = ways.has(from) && ways.has(to);
              return <path key={`${from} ${to}`} className={clsx(isLit && styles.lit)} d={pathBetween(a, b)} />;
            })}
          </svg>
          {shown.map((ids, stage) => (
            <section key={ids[0]} className={styles.stage} aria-labelledby={`stage-${stage}`}>
              <h3 id={`stage-${stage}`}>{t(`stages.${headingOf(ids, stages, stage, byId)}`)}</h3>
              <ul>
                {ids.map((id) => {
                  const node = byId.get(id);
                  return (
                    node && (
                      <LineageCard
                        key={id}
                        node={node}
                        isSelected={id === selected}
                        isRelated={ways.has(id)}
                        madeOf={namesOf(lineage, id)}
                        onSelect={() => onSelect(id)}
                      />
                    )
                  );
                })}
              </ul>
            </section>
          ))}
        </div>
      </div>
      {folded > 0 && (
        <p className="mt-2">
          <Button size="sm" onClick={() => setWhole(true)}>
            {t('showAll', { count: folded })}
          </Button>
        </p>
      )}
    </>
  );
}

type Heading = 'files' | 'pipeline' | 'tables' | 'readers';

function headingOf(
  ids: readonly string[],
  stages: readonly { ids: string[] }[],
  stage: number,
  byId: ReadonlyMap<string, Lineage['nodes'][number]>,
): Heading {
  const kinds = new Set(ids.map((id) => byId.get(id)?.kind));
  if (kinds.has('pipeline')) return 'pipeline';
  if (kinds.has('files')) return 'files';
  if (!kinds.has('table')) return 'readers';
  // What follows the first tables is made of them.
  const isFirst = !stages.slice(0, stage).some(({ ids: earlier }) => earlier.some((id) => id.startsWith('table:')));
  return isFirst || stage <= 2 ? 'tables' : 'readers';
}

/** What a node is made of, for those who cannot see the lines. */
function namesOf({ nodes, edges }: Lineage, id: string): string[] {
  return edges
    .filter(({ to }) => to === id)
    .flatMap(({ from }) => {
      const node = nodes.find((each) => each.id === from);
      if (!node) return [];
      return node.kind === 'files' ? [node.prefix] : node.kind === 'pipeline' ? [node.dataset] : [node.name];
    });
}

function pathBetween(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const x1 = from.x * (CARD.width + GAP.x) + CARD.width;
  const x2 = to.x * (CARD.width + GAP.x);
  const y1 = middle(from.y);
  const y2 = middle(to.y);
  const bend = Math.min(GAP.x, x2 - x1) / 2;
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

const middle = (row: number) => HEADING + row * (CARD.height + GAP.y) + CARD.height / 2;
