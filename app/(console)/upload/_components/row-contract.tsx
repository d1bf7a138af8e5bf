'use client';
import { useTranslations } from 'next-intl';
import { useTransition } from 'react';
import { ContractColumns } from '@/components/table/contract-columns';
import { Button } from '@/components/ui/button';
import type { Contract } from '@/lib/languages/contract/contract.ts';
import styles from './upload-desk.module.css';
import type { UploadItem } from './upload-item';
import type { UploadStore } from './upload-store';

interface RowContractProps {
  store: UploadStore;
  item: UploadItem;
  contract: Contract;
  canKeep: boolean;
}

/** The first file of a dataset drafts its contract: here it is said yes to, before anything is sent. */
export function RowContract({ store, item, contract, canKeep }: RowContractProps) {
  const t = useTranslations('upload');
  const [isKeeping, startKeeping] = useTransition();
  return (
    <div className={styles.decision}>
      <div className="panel clip">
        <ContractColumns columns={contract.schema[0].properties} withFileNames />
      </div>
      <div className="grid content-start justify-items-start gap-2">
        <p className="font-medium">{t('newContract', { dataset: item.dataset })}</p>
        <p className="muted">{t('newContractHint')}</p>
        {canKeep && (
          <Button
            variant="primary"
            isPending={isKeeping}
            onClick={() => startKeeping(() => store.keepAndSend(item.id))}
          >
            {t('keepAndSend')}
          </Button>
        )}
        <Button onClick={() => store.confirm(item.id)}>{t('sendAsDraft')}</Button>
      </div>
    </div>
  );
}
