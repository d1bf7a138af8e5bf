'use client';
import { useRouter } from 'next/navigation';
import { useNow, useTranslations } from 'next-intl';
import { useState, useTransition } from 'react';
import { useFailureToast } from '@/components/shell/failure-toast';
import { Button } from '@/components/ui/button';
import { Dialog } from '@/components/ui/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { Table } from '@/components/ui/table';
import { Tag } from '@/components/ui/tag';
import { RelativeTime, Time } from '@/components/ui/time';
import { useToast } from '@/components/ui/toast';
import type { TokenSummary } from '@/lib/tokens/schemas';
import { revokeTokenAction } from '../actions';

export function TokenTable({ tokens }: { tokens: readonly TokenSummary[] }) {
  const t = useTranslations('connect');
  const now = useNow();
  const [doomed, setDoomed] = useState<TokenSummary>();
  return (
    <Panel isFlush title={t('tokens')} aside={tokens.length || undefined}>
      {tokens.length === 0 ? (
        <EmptyState title={t('noTokens')} body={t('noTokensHint')} />
      ) : (
        <Table label={t('tokens')}>
          <thead>
            <tr>
              <th scope="col" className="w-full">
                {t('name')}
              </th>
              <th scope="col">{t('scopes')}</th>
              <th scope="col">{t('lastUsed')}</th>
              <th scope="col">{t('expires')}</th>
              <th scope="col">
                <span className="sr-only">{t('revoke')}</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {tokens.map((token) => (
              <tr key={token.id}>
                <td>
                  {token.name} <span className="mono faint">{token.hint}</span>
                </td>
                <td>
                  <span className="flex gap-1">
                    {token.scopes.map((scope) => (
                      <Tag key={scope} isMono>
                        {scope}
                        {scope === 'saved' && token.savedQueries.length > 0 && ` · ${token.savedQueries.length}`}
                      </Tag>
                    ))}
                  </span>
                </td>
                <td className="muted">{token.lastUsedAt ? <RelativeTime value={token.lastUsedAt} /> : t('never')}</td>
                <td className={token.expiresAt <= now.getTime() ? 'text-failed' : 'muted'}>
                  {token.expiresAt <= now.getTime() ? t('expired') : <Time value={token.expiresAt} />}
                </td>
                <td className="num">
                  <Button size="sm" variant="ghost" onClick={() => setDoomed(token)}>
                    {t('revoke')}
                    <span className="sr-only"> {token.name}</span>
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
      {doomed && <RevokeToken token={doomed} onDone={() => setDoomed(undefined)} />}
    </Panel>
  );
}

function RevokeToken({ token, onDone }: { token: TokenSummary; onDone: () => void }) {
  const t = useTranslations('connect');
  const common = useTranslations('common');
  const router = useRouter();
  const toast = useToast();
  const failed = useFailureToast();
  const [isPending, startTransition] = useTransition();
  const revoke = () =>
    startTransition(async () => {
      const result = await revokeTokenAction({ id: token.id });
      if (result.ok) toast({ state: 'succeeded', title: t('revoked', { name: token.name }) });
      else failed(result.error);
      onDone();
      router.refresh();
    });
  return (
    <Dialog
      isOpen
      onOpenChange={onDone}
      title={t('revokeTitle', { name: token.name })}
      description={t('revokeHint')}
      footer={
        <>
          <Button variant="ghost" onClick={onDone}>
            {common('cancel')}
          </Button>
          <Button variant="danger" isPending={isPending} onClick={revoke}>
            {t('revokeSubmit')}
          </Button>
        </>
      }
    />
  );
}
