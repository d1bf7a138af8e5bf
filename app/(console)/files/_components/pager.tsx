'use client';
import type { Route } from 'next';
import Link from 'next/link';
import { useTranslations } from 'next-intl';
import { useSyncExternalStore } from 'react';
import { routes } from '@/lib/routes';
import type { FilesSearch } from '../search-params';
import styles from './files.module.css';

/**
 * The pages of a folder. S3 only knows the way forward, so that this browser remembers, for each page that it went to,
 * the one it came from; a page that was opened by its address alone leads back to the first.
 */
export function Pager({ place, next }: { place: FilesSearch; next: string | undefined }) {
  const t = useTranslations('files');
  const { zone, prefix, search, deleted, after } = place;
  const here = {
    zone,
    prefix,
    ...(search ? { search } : {}),
    ...(deleted ? { deleted } : {}),
  };
  const current = routes.files({ ...here, ...(after ? { after } : {}) });
  const first = routes.files(here);
  const before = useSyncExternalStore(
    neverChanges,
    () => sessionStorage.getItem(memoryOf(current)),
    () => null,
  );
  if (!after && next === undefined) return null;
  const onward = next === undefined ? undefined : routes.files({ ...here, after: next });
  return (
    <nav className={styles.pager} aria-label={t('pages')}>
      <span className="flex gap-2">
        {after && <PageLink href={first}>{t('firstPage')}</PageLink>}
        {after && before !== null && before !== first && <PageLink href={before}>{t('previousPage')}</PageLink>}
      </span>
      {onward && (
        <PageLink href={onward} onGo={() => sessionStorage.setItem(memoryOf(onward), current)}>
          {t('nextPage')}
        </PageLink>
      )}
    </nav>
  );
}

function PageLink({ href, onGo, children }: { href: string; onGo?: () => void; children: string }) {
  return (
    <Link className="btn sm" href={href as Route} prefetch={false} {...(onGo ? { onClick: onGo } : {})}>
      {children}
    </Link>
  );
}

const memoryOf = (href: string) => `lacustre.before ${href}`;
const neverChanges = () => () => undefined;
