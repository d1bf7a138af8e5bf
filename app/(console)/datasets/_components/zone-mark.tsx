import clsx from 'clsx';
import { useTranslations } from 'next-intl';
import type { Zone } from '@/lib/storage/zones';

const DEPTHS: Partial<Record<Zone, string>> = { raw: 'z1', processed: 'z2', results: 'z3' };

/** A zone as how deep in the lake it lies, and its name. */
export function ZoneMark({ zone }: { zone: Zone }) {
  const t = useTranslations('zones');
  return (
    <span className={clsx('zone muted align-middle', DEPTHS[zone])}>
      {DEPTHS[zone] && (
        <i aria-hidden="true">
          <b />
        </i>
      )}
      {t(zone)}
    </span>
  );
}
