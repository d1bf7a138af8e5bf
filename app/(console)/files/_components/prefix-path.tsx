import type { Route } from 'next';
import Link from 'next/link';
import { Fragment } from 'react';
import { routes } from '@/lib/routes';
import type { Zone } from '@/lib/storage/schemas';
import { FileName } from './file-name';
import styles from './files.module.css';

/** Bucket and folders, each a way back up. A folder's name may be empty: S3 knows keys, and `a//b` is one. */
export function PrefixPath({ zone, bucket, prefix }: { zone: Zone; bucket: string; prefix: string }) {
  const folders = prefix.split('/').slice(0, -1);
  return (
    <span className={styles.path}>
      <Link prefetch={false} href={routes.files({ zone }) as Route}>
        {bucket}
      </Link>
      {folders.map((folder, index) => {
        const upTo = `${folders.slice(0, index + 1).join('/')}/`;
        return (
          <Fragment key={upTo}>
            <span className="faint"> / </span>
            <Link prefetch={false} href={routes.files({ zone, prefix: upTo }) as Route}>
              <FileName name={folder} />
            </Link>
          </Fragment>
        );
      })}
    </span>
  );
}
