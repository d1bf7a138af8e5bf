import type { Route } from 'next';
import Link from 'next/link';
import { Fragment } from 'react';
import { routes } from '@/lib/routes';
import type { Zone } from '@/lib/storage/schemas';

/** Bucket and folders, each a way back up. */
export function PrefixPath({ zone, bucket, prefix }: { zone: Zone; bucket: string; prefix: string }) {
  const folders = prefix.split('/').filter(Boolean);
  return (
    <span className="mono">
      <Link href={routes.files({ zone }) as Route}>{bucket}</Link>
      {folders.map((folder, index) => {
        const upTo = `${folders.slice(0, index + 1).join('/')}/`;
        return (
          <Fragment key={upTo}>
            <span className="faint"> / </span>
            <Link href={routes.files({ zone, prefix: upTo }) as Route}>{folder}</Link>
          </Fragment>
        );
      })}
    </span>
  );
}
