import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { endpointDocs, listEndpoints } from '@/lib/data-api';
import { load } from '@/lib/page';
import { listTokens } from '@/lib/tokens';
import { AddToken } from './_components/add-token';
import { EndpointPanels } from './_components/endpoint-panels';
import { TokenTable } from './_components/token-table';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('connect'))('title') };
}

export default async function ConnectPage() {
  const t = await getTranslations('connect');
  const [tokens, saved] = await Promise.all([
    load(listTokens, undefined),
    load((ctx) => listEndpoints(ctx, () => true), undefined),
  ]);
  // Without the saved queries the rest of the page is still of use.
  const savedQueries = saved.ok ? saved.data : [];
  return (
    <div className="page">
      <div className="head">
        <h1 className="text-xl">{t('title')}</h1>
        <span className="grow" />
        {tokens.ok && <AddToken savedQueries={savedQueries.map(({ id, name }) => ({ id, name }))} />}
      </div>
      <p className="muted max-w-[75ch]">{t('intro')}</p>
      {tokens.ok ? (
        <>
          <TokenTable tokens={tokens.data} />
          {!saved.ok && <Failure error={saved.error} />}
          <EndpointPanels endpoints={endpointDocs(savedQueries)} />
        </>
      ) : (
        <Failure error={tokens.error} />
      )}
    </div>
  );
}
