import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { load } from '@/lib/page';
import { listTokens } from '@/lib/tokens';
import { AddToken } from './_components/add-token';
import { EndpointList } from './_components/endpoint-list';
import { TokenTable } from './_components/token-table';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('connect'))('title') };
}

export default async function ConnectPage() {
  const t = await getTranslations('connect');
  const tokens = await load(listTokens, undefined);
  return (
    <div className="page">
      <div className="head">
        <h1 className="text-xl">{t('title')}</h1>
        <span className="grow" />
        {tokens.ok && <AddToken />}
      </div>
      <p className="muted max-w-[75ch]">{t('intro')}</p>
      {tokens.ok ? (
        <>
          <TokenTable tokens={tokens.data} />
          <EndpointList />
        </>
      ) : (
        <Failure error={tokens.error} />
      )}
    </div>
  );
}
