'use client';
import { useVirtualizer } from '@tanstack/react-virtual';
import { FileMinus, FilePlus, type LucideIcon, Undo2 } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useRef } from 'react';
import { Bytes } from '@/components/ui/amount';
import { Icon } from '@/components/ui/icon';
import { Panel } from '@/components/ui/panel';
import { Time } from '@/components/ui/time';
import { routes } from '@/lib/routes';
import type { Effect } from '@/lib/storage/point-in-time';
import type { PointInTime, Zone } from '@/lib/storage/schemas';
import styles from './effect-table.module.css';

const ROW_PX = 33;

const ICONS: Record<Effect['kind'], LucideIcon> = { bringBack: FilePlus, putBack: Undo2, takeAway: FileMinus };
const ORDER: Record<Effect['kind'], number> = { bringBack: 0, putBack: 1, takeAway: 2 };

interface EffectTableProps {
  zone: Zone;
  prefix: string;
  effects: PointInTime['effects'];
}

/** Every file that would change; however many, only those in sight are drawn. */
export function EffectTable({ zone, prefix, effects }: EffectTableProps) {
  // The virtualizer changes under the same reference: https://github.com/TanStack/virtual/issues/736
  'use no memo';
  const t = useTranslations('pointInTime');
  const box = useRef<HTMLDivElement>(null);
  const sorted = effects.toSorted((a, b) => ORDER[a.kind] - ORDER[b.kind]);
  const virtualizer = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: 12,
  });
  const items = virtualizer.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <Panel isFlush title={t('list')} aside={sorted.length}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms. */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
      <div ref={box} className={styles.box} role="group" aria-label={t('list')} tabIndex={0}>
        <table className="table" aria-rowcount={sorted.length + 1}>
          <thead>
            <tr aria-rowindex={1}>
              <th scope="col">{t('effect')}</th>
              <th scope="col" className="w-full">
                {t('file')}
              </th>
              <th scope="col" className="num">
                {t('size')}
              </th>
              <th scope="col">{t('changed')}</th>
              <th scope="col">{t('by')}</th>
            </tr>
          </thead>
          <tbody>
            {above > 0 && <Gap height={above} />}
            {items.map(({ index }) => {
              const effect = sorted[index];
              return effect && <Row key={effect.key} index={index} zone={zone} prefix={prefix} effect={effect} />;
            })}
            {below > 0 && <Gap height={below} />}
          </tbody>
        </table>
      </div>
    </Panel>
  );
}

function Gap({ height }: { height: number }) {
  return (
    <tr>
      <td colSpan={5} className={styles.gap} style={{ height }} />
    </tr>
  );
}

interface RowProps {
  index: number;
  zone: Zone;
  prefix: string;
  effect: PointInTime['effects'][number];
}

function Row({ index, zone, prefix, effect }: RowProps) {
  const t = useTranslations('pointInTime');
  return (
    <tr aria-rowindex={index + 2} className={styles.row}>
      <td>
        <span className="inline-flex items-center gap-2 whitespace-nowrap">
          <Icon of={ICONS[effect.kind]} size="s" />
          {t(effect.kind)}
        </span>
      </td>
      <td className={styles.file}>
        <Link className="mono" href={routes.file({ zone, key: effect.key }) as Route} title={effect.key}>
          {effect.key.slice(prefix.length) || effect.key}
        </Link>
      </td>
      <td className="num">
        <Bytes value={effect.sizeBytes} />
      </td>
      <td className="muted whitespace-nowrap">
        <Time value={effect.changedAt} withSeconds />
      </td>
      <td className="whitespace-nowrap">{effect.changedBy ?? <span className="muted">{t('outside')}</span>}</td>
    </tr>
  );
}
