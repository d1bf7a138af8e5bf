'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { Amount } from '@/components/ui/amount';
import { Button } from '@/components/ui/button';
import { SearchInput } from '@/components/ui/input';
import { Panel } from '@/components/ui/panel';
import { State } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import { Count } from '@/components/ui/tag';
import { RelativeTime } from '@/components/ui/time';
import type { ObservedCall } from '@/lib/languages/iam-policy/observed-call.ts';

/** More than that are asked for first: a pipeline has a call for each file. */
const SHOWN = 100;

/** Every pair of an action and a resource, with how often, when last and how often in vain. */
export function ObservedCalls({ calls }: { calls: readonly ObservedCall[] }) {
  const t = useTranslations('access.observed');
  const [wanted, setWanted] = useState('');
  const [isWhole, setIsWhole] = useState(false);
  const text = wanted.trim().toLowerCase();
  const found = calls.filter(({ action, resource }) => `${action} ${resource}`.toLowerCase().includes(text));
  const shown = isWhole ? found : found.slice(0, SHOWN);
  return (
    <Panel
      isFlush
      title={t('asked')}
      aside={<Count>{calls.length}</Count>}
      actions={<SearchInput label={t('find')} value={wanted} onChange={({ target }) => setWanted(target.value)} />}
    >
      <div className="max-h-112 overflow-y-auto">
        <Table label={t('asked')}>
          <thead>
            <tr>
              <th scope="col">{t('action')}</th>
              <th scope="col" className="w-full">
                {t('resource')}
              </th>
              <th scope="col" className="num">
                {t('count')}
              </th>
              <th scope="col">{t('last')}</th>
              <th scope="col">{t('refused')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((call) => (
              <CallRow key={`${call.action} ${call.resource}`} call={call} />
            ))}
          </tbody>
        </Table>
      </div>
      {found.length === 0 && <p className="muted px-4 py-3">{t('noMatch')}</p>}
      {shown.length < found.length && (
        <div className="border-line border-t px-4 py-2">
          <Button size="sm" variant="ghost" onClick={() => setIsWhole(true)}>
            {t('more', { count: found.length - shown.length })}
          </Button>
        </div>
      )}
    </Panel>
  );
}

function CallRow({ call: { action, resource, count, lastAt, deniedCount } }: { call: ObservedCall }) {
  const t = useTranslations('access.observed');
  return (
    <tr>
      <th scope="row" className="mono">
        {action}
      </th>
      <td className="mono !whitespace-normal min-w-64 py-1 [overflow-wrap:anywhere]">{resource}</td>
      <td className="num">
        <Amount value={count} />
      </td>
      <td>
        <RelativeTime value={lastAt} />
      </td>
      <td>
        {deniedCount > 0 ? (
          <State state="failed">{t('times', { count: deniedCount })}</State>
        ) : (
          <span className="faint">–</span>
        )}
      </td>
    </tr>
  );
}
