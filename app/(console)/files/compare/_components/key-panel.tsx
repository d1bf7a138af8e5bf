'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Amount } from '@/components/ui/amount';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import type { TableComparison } from '@/lib/languages/compare/comparison.ts';

interface KeyPanelProps {
  comparison: TableComparison;
  onPickKey: (columns: readonly string[]) => void;
}

/** By what rows are told apart, why, and how to choose otherwise. */
export function KeyPanel({ comparison: { key, columns }, onPickKey }: KeyPanelProps) {
  const t = useTranslations('compare.key');
  const [picked, setPicked] = useState<readonly string[]>(key.columns);
  const common = columns.filter((column) => column.change !== 'added' && column.change !== 'removed');
  const isSame = picked.length === key.columns.length && picked.every((name) => key.columns.includes(name));
  const toggle = (name: string, isPicked: boolean) =>
    setPicked((before) => (isPicked ? [...before, name] : before.filter((each) => each !== name)));
  const { from, to } = key.duplicates;
  return (
    <Panel title={t('title')}>
      <div className="grid gap-2">
        <p>
          {key.columns.length > 0 && <span className="mono font-medium">{key.columns.join(', ')}</span>}{' '}
          <span className="muted">{t(`reason.${key.reason}`)}</span>
        </p>
        {from + to > 0 && (
          <p className="muted">
            {t('duplicates')} <Amount value={from} /> → <Amount value={to} />
          </p>
        )}
        <details>
          <summary className="cursor-pointer">{t('choose')}</summary>
          <fieldset className="mt-2 grid gap-2">
            <legend className="sr-only">{t('choose')}</legend>
            <div className="flex flex-wrap gap-x-4">
              {common.map(({ name }) => (
                <label key={name} className="check">
                  <input
                    type="checkbox"
                    checked={picked.includes(name)}
                    onChange={(event) => toggle(name, event.target.checked)}
                  />
                  <span className="mono">{name}</span>
                </label>
              ))}
            </div>
            <p>
              <Button
                size="sm"
                onClick={() => onPickKey(picked)}
                disabledReason={picked.length === 0 || isSame ? t('pickOther') : undefined}
              >
                {t('again')}
              </Button>
            </p>
          </fieldset>
        </details>
      </div>
    </Panel>
  );
}
