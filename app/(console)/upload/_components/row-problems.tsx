'use client';
import { useTranslations } from 'next-intl';
import { ProblemTable } from '@/components/table/problem-table';
import { Button } from '@/components/ui/button';
import type { Inspection } from '@/lib/languages/contract/inspect-file.ts';
import styles from './upload-desk.module.css';
import type { UploadStore } from './upload-store';

/** What was found on this computer, and the choice: mend the file, or send it all the same. */
export function RowProblems({ store, id, inspection }: { store: UploadStore; id: string; inspection: Inspection }) {
  const t = useTranslations('upload');
  const { problems, problemCount, rowsChecked, complete } = inspection;
  return (
    <div className={styles.decision}>
      <div className="panel clip">
        <ProblemTable label={t('problems')} problems={problems} />
      </div>
      <div className="grid content-start justify-items-start gap-2">
        <p className="font-medium">{t('decide')}</p>
        <p className="muted">
          {t('found', { count: problemCount, rows: rowsChecked })} {!complete && t('foundInPart')}
        </p>
        <p className="muted">{t('sendAnywayHint')}</p>
        <Button onClick={() => store.confirm(id)}>{t('sendAnyway')}</Button>
        <Button variant="ghost" onClick={() => void store.remove(id)}>
          {t('replace')}
        </Button>
      </div>
    </div>
  );
}
