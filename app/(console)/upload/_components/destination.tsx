'use client';
import { useTranslations } from 'next-intl';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Input, Select } from '@/components/ui/input';
import { DATASET_NAME } from '@/lib/storage/object-key';
import { zones } from '@/lib/storage/schemas';
import styles from './upload-desk.module.css';
import type { UploadItem } from './upload-item';
import type { UploadStore } from './upload-store';

interface DestinationProps {
  store: UploadStore;
  /** Those that have not been sent. */
  items: readonly UploadItem[];
  bucket: string;
}

/** Where files go: the zone, which is always raw, and one dataset for all of them where a person wants that. */
export function Destination({ store, items, bucket }: DestinationProps) {
  const t = useTranslations('upload');
  const tZones = useTranslations('zones');
  const id = useId();
  const [draft, setDraft] = useState('');
  const name = draft.trim();
  const isName = DATASET_NAME.test(name);
  const put = (event: FormEvent) => {
    event.preventDefault();
    if (isName) store.setDataset(name, ...items.map((item) => item.id));
  };
  return (
    <form className={styles.destination} onSubmit={put}>
      <label className="muted text-xs" htmlFor={`${id}-zone`}>
        {t('zone')}
      </label>
      {/* The pipeline begins at raw and writes every other zone itself: what were put there by hand, no run would see. */}
      <Select id={`${id}-zone`} size="sm" defaultValue="raw" aria-describedby={`${id}-why`}>
        {zones.map((zone) => (
          <option key={zone} value={zone} disabled={zone !== 'raw'}>
            {zone === 'raw' ? tZones(zone) : t('zoneOfPipeline', { zone: tZones(zone) })}
          </option>
        ))}
      </Select>
      <span id={`${id}-why`} className="faint mono break-all text-xs">
        {`s3://${bucket}`}
      </span>
      <span className="grow" />
      {items.length > 1 && (
        <>
          <label className="muted text-xs" htmlFor={`${id}-all`}>
            {t('datasetForAll', { count: items.length })}
          </label>
          <Input
            id={`${id}-all`}
            size="sm"
            isMono
            list="datasets"
            autoComplete="off"
            spellCheck={false}
            value={draft}
            aria-invalid={name === '' || isName ? undefined : true}
            onChange={(event) => setDraft(event.target.value)}
          />
          <Button size="sm" type="submit" disabledReason={isName ? undefined : t('badDataset')}>
            {t('putAll')}
          </Button>
        </>
      )}
    </form>
  );
}
