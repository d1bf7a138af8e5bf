import clsx from 'clsx';
import { useTranslations } from 'next-intl';
import styles from './diff.module.css';

const signs = { added: '+', removed: '−', changed: '~' } as const;

export type DiffKind = keyof typeof signs;

/** The sign that comes before the colour, and its word for who cannot see it. */
export function DiffMark({ kind }: { kind: DiffKind | undefined }) {
  const t = useTranslations('compare.marks');
  if (!kind) return <span className={styles.mark} />;
  return (
    <span className={clsx(styles.mark, styles[kind])}>
      <span aria-hidden="true">{signs[kind]}</span>
      <span className="sr-only">{t(kind)}</span>
    </span>
  );
}
