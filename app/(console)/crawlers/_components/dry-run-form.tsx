'use client';
import { useQueryClient } from '@tanstack/react-query';
import { ScanSearch } from 'lucide-react';
import type { Route } from 'next';
import Form from 'next/form';
import { useTranslations } from 'next-intl';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input, Select } from '@/components/ui/input';
import { Panel } from '@/components/ui/panel';
import { plansKey } from '@/lib/crawlers/query-options';
import { routes } from '@/lib/routes';
import { zones } from '@/lib/storage/zones';
import { type CrawlerSearch, delimiterNames } from '../search-params';

/** Which folder to look at, and how to read its delimited files where Glue's way is not right. */
export function DryRunForm({ search }: { search: CrawlerSearch }) {
  const t = useTranslations('crawler');
  const client = useQueryClient();
  const zoneName = useTranslations('zones');
  return (
    <Panel title={search.crawler ? t('dryRunOf', { name: search.crawler }) : t('dryRun')}>
      <Form
        action={routes.crawlers() as Route}
        className="flex flex-wrap items-start gap-3"
        // The same folder may be asked for once more: its address is the same, its files may not be.
        onSubmit={() => void client.invalidateQueries({ queryKey: plansKey })}
      >
        {search.crawler && <input type="hidden" name="crawler" value={search.crawler} />}
        {!search.crawler && (
          <>
            <Field label={t('zone')}>
              {(control) => (
                <Select {...control} name="zone" defaultValue={search.zone}>
                  {zones.map((zone) => (
                    <option key={zone} value={zone}>
                      {zoneName(zone)}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <Field label={t('folder')} hint={t('folderHint')}>
              {(control) => (
                <Input {...control} name="prefix" isMono defaultValue={search.prefix ?? ''} autoComplete="off" />
              )}
            </Field>
          </>
        )}
        <Field label={t('delimiter')}>
          {(control) => (
            <Select {...control} name="delimiter" defaultValue={search.delimiter ?? ''}>
              <option value="">{t('delimiters.auto')}</option>
              {delimiterNames.map((name) => (
                <option key={name} value={name}>
                  {t(`delimiters.${name}`)}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('header')}>
          {(control) => (
            <Select {...control} name="header" defaultValue={search.header ?? ''}>
              <option value="">{t('headers.auto')}</option>
              <option value="PRESENT">{t('headers.PRESENT')}</option>
              <option value="ABSENT">{t('headers.ABSENT')}</option>
            </Select>
          )}
        </Field>
        <Field label={t('serde')}>
          {(control) => (
            <Select {...control} name="serde" defaultValue={search.serde ?? ''}>
              <option value="">{t('serdes.auto')}</option>
              <option value="OpenCSVSerDe">{t('serdes.OpenCSVSerDe')}</option>
              <option value="LazySimpleSerDe">{t('serdes.LazySimpleSerDe')}</option>
            </Select>
          )}
        </Field>
        {/* As far down as the labels beside it put their controls. */}
        <div className="pt-5">
          <Button type="submit" variant="primary" icon={ScanSearch}>
            {t('look')}
          </Button>
        </div>
      </Form>
    </Panel>
  );
}
