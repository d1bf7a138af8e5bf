'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Icon } from '@/components/ui/icon';
import { AREAS } from './areas';

/** The areas of the console, the present one marked. `onChosen` closes the menu of narrow screens. */
export function Navigation({ onChosen }: { onChosen?: () => void }) {
  const t = useTranslations('nav');
  const pathname = usePathname();
  return (
    <nav aria-label={t('main')}>
      {AREAS.map(({ group, areas }) => (
        <div key={group}>
          <h2>{t(group)}</h2>
          {areas.map(({ name, icon, href, within = [] }) => (
            <Link
              key={name}
              href={href as Route}
              aria-current={[href, ...within].some((at) => isWithin(pathname, at)) ? 'page' : undefined}
              onClick={onChosen}
            >
              <Icon of={icon} />
              {t(name)}
            </Link>
          ))}
        </div>
      ))}
    </nav>
  );
}

function isWithin(pathname: string, href: string): boolean {
  return pathname === href || pathname.startsWith(`${href}/`);
}
