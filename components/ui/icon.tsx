import clsx from 'clsx';
import type { LucideIcon } from 'lucide-react';

/** A Lucide outline in our three sizes: s 14, m 16, l 20. Decoration only: the words beside it carry the meaning. */
export function Icon({ of: Outline, size = 'm' }: { of: LucideIcon; size?: 's' | 'm' | 'l' }) {
  return <Outline aria-hidden className={clsx('i', size !== 'm' && size)} />;
}
