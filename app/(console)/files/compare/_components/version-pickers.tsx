'use client';
import { ArrowLeftRight } from 'lucide-react';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useLocale, useTimeZone, useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { formatBytes } from '@/lib/format/bytes';
import { formatTime } from '@/lib/format/time';
import { routes } from '@/lib/routes';
import type { FileVersion, Zone } from '@/lib/storage/schemas';

/** The two versions that are compared. */
export interface Pair {
  zone: Zone;
  key: string;
  from: string;
  to: string;
}

interface VersionPickersProps {
  pair: Pair;
  versions: readonly FileVersion[];
}

export function VersionPickers({ pair, versions }: VersionPickersProps) {
  const t = useTranslations('compare');
  const router = useRouter();
  const go = (change: Partial<Pair>) => router.push(routes.compareVersions({ ...pair, ...change }) as Route);
  return (
    <div className="flex flex-wrap items-end gap-3">
      <Picker label={t('from')} value={pair.from} versions={versions} onPick={(from) => go({ from })} />
      <Button icon={ArrowLeftRight} onClick={() => go({ from: pair.to, to: pair.from })}>
        {t('swap')}
      </Button>
      <Picker label={t('to')} value={pair.to} versions={versions} onPick={(to) => go({ to })} />
    </div>
  );
}

interface PickerProps {
  label: string;
  value: string;
  versions: readonly FileVersion[];
  onPick: (versionId: string) => void;
}

function Picker({ label, value, versions, onPick }: PickerProps) {
  const t = useTranslations('compare');
  const locale = useLocale();
  const timeZone = useTimeZone() ?? 'UTC';
  const nameOf = ({ modifiedAt, sizeBytes, isLatest }: FileVersion) => {
    const time = formatTime(new Date(modifiedAt), { locale, timeZone, withSeconds: true });
    return `${time} · ${formatBytes(sizeBytes, locale)}${isLatest ? ` · ${t('current')}` : ''}`;
  };
  return (
    <Field label={label}>
      {(control) => (
        <Select {...control} value={value} onChange={(event) => onPick(event.target.value)}>
          {!versions.some((version) => version.versionId === value) && <option value={value}>{value}</option>}
          {versions.map((version) => (
            <option key={version.versionId} value={version.versionId}>
              {nameOf(version)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
