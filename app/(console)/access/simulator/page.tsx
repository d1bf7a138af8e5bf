import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Failure } from '@/components/shell/failure';
import { EmptyState } from '@/components/ui/empty-state';
import { listSimulatorChoices, simulate } from '@/lib/access';
import { load } from '@/lib/page';
import { routes } from '@/lib/routes';
import { Outcome } from './_components/outcome';
import { SimulatorForm } from './_components/simulator-form';
import { SimulatorSearch } from './search-params';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('access.simulator'))('title') };
}

interface SimulatorPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Would AWS allow it, and why: one request, or the same on several resources. */
export default async function SimulatorPage({ searchParams }: SimulatorPageProps) {
  const t = await getTranslations('access.simulator');
  const search = SimulatorSearch.parse(await searchParams);
  const [choices, simulated] = await Promise.all([load(listSimulatorChoices, {}), simulateAsked(search)]);
  if (!choices.ok) {
    return (
      <div className="page">
        <Failure error={choices.error} />
      </div>
    );
  }
  const error = simulated && !simulated.ok ? simulated.error : undefined;
  return (
    <div className="page">
      <div className="head">
        <h1 className="text-xl">{t('title')}</h1>
      </div>
      <p className="muted max-w-[90ch]">{t('lead')}</p>
      <SimulatorForm
        key={routes.simulator(search)}
        choices={choices.data}
        asked={search}
        fieldErrors={error?.fieldErrors ?? {}}
        brought={simulated?.ok ? simulated.data.context : undefined}
        known={simulated?.ok ? simulated.data.known : undefined}
      />
      {simulated?.ok && <Outcome simulation={simulated.data} />}
      {error && !error.fieldErrors && <Failure error={error} />}
      {!simulated && <EmptyState title={t('empty.title')} body={t('empty.body')} />}
    </div>
  );
}

function simulateAsked({ principal, action, resource, context }: SimulatorSearch) {
  if (!principal || !action || resource.length === 0) return undefined;
  return load(simulate, { principal, action, resources: resource, context });
}
