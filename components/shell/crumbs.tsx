'use client';
import { ChevronRight } from 'lucide-react';
import type { Route } from 'next';
import Link from 'next/link';
import { usePathname, useSearchParams } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { Icon } from '@/components/ui/icon';

/** The areas whose first part is a page, never a thing's name. */
const pageAreas = new Set(['files', 'sql', 'quality', 'access', 'audit']);

/** Where this page is, from its address: the area, then the thing. */
export function Crumbs() {
  const t = useTranslations('nav');
  const [area = '', ...things] = usePathname().split('/').filter(Boolean);
  // A page about one file has its key in the query, as keys have slashes of their own.
  const file = useSearchParams().get('key')?.split('/').at(-1);
  // The address says any first part; only those that are areas have a name.
  const key = area as Parameters<typeof t.has>[0];
  const name = t.has(key) ? t(key) : area;
  // A first part may be a thing's own name: a dataset may be called `versions`.
  const callThing = (thing: string, index: number) => {
    if (!pageAreas.has(area) && index === 0) return shorten(decode(thing));
    const page = `page.${thing}` as Parameters<typeof t.has>[0];
    return t.has(page) ? t(page) : shorten(decode(thing));
  };
  if (things.length === 0) {
    return (
      <div className="crumbs grow">
        <b className="truncate">{name}</b>
      </div>
    );
  }
  return (
    <nav className="crumbs grow" aria-label={t('breadcrumb')}>
      <Link href={`/${area}` as Route}>{name}</Link>
      <Icon of={ChevronRight} />
      <b className="mono truncate" aria-current="page">
        {file || things.map(callThing).join(' / ')}
      </b>
    </nav>
  );
}

/** A hand-written address may hold a lone `%`. */
function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A machine's id is called by its first eight characters, as on its page. */
function shorten(thing: string): string {
  return /^[0-9a-f]{8}-[0-9a-f-]{27}/.test(thing) ? thing.slice(0, 8) : thing;
}
