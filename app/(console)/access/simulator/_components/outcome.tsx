import { useTranslations } from 'next-intl';
import { ChangeNote } from '@/components/access/change-note';
import { useDecisionText } from '@/components/access/use-decision-text';
import { JsonView } from '@/components/table/json-view';
import { LinkButton } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { StateIcon } from '@/components/ui/state';
import type { DecidedRequest, Simulation } from '@/lib/access/decision-schemas';
import { stagesOf } from '@/lib/access/reason-stages';
import { routes } from '@/lib/routes';
import { StageList } from './stage-list';

/** The decision on each resource, what made it, and what would make it another. */
export function Outcome({ simulation: { requests, principal } }: { simulation: Simulation }) {
  return requests.map((request) => (
    <Decided key={request.resource} request={request} roleName={principal.roleName} isOnly={requests.length === 1} />
  ));
}

interface DecidedProps {
  request: DecidedRequest;
  roleName: string;
  isOnly: boolean;
}

function Decided({ request, roleName, isOnly }: DecidedProps) {
  const t = useTranslations('access.simulator');
  const statementWord = useTranslations('access.denial.change');
  const { explanation, statements, change, deciding, action, resource } = request;
  const isAllowed = explanation.decision.result === 'allowed';
  return (
    <>
      <Verdict request={request} roleName={roleName} isOnly={isOnly} />
      <Panel title={t('why')} aside={t('order')} isFlush>
        <StageList stages={stagesOf(explanation)} statements={statements} roleName={roleName} />
      </Panel>
      {change && (
        <Panel title={t('toAllow')}>
          <ChangeNote change={change} roleName={roleName} />
        </Panel>
      )}
      {isAllowed && (
        <Panel title={t('toDeny')}>
          <p>{t('toDenyBody', { role: roleName })}</p>
          <div className="code box mt-2 !p-0">
            <JsonView
              label={statementWord('statement')}
              text={JSON.stringify({ Effect: 'Deny', Action: action, Resource: resource })}
            />
          </div>
        </Panel>
      )}
      {deciding === undefined && !isAllowed && !change && <p className="muted">{t('noChange')}</p>}
    </>
  );
}

/** The answer, in the colour and the shape of what it means for who asks. */
function Verdict({ request, roleName, isOnly }: DecidedProps) {
  const t = useTranslations('access.simulator');
  const decided = useDecisionText();
  const { explanation, resource, unread, deciding } = request;
  const { by, source } = explanation.decision;
  const statement = source === 'identity' || source === 'boundary' ? by : undefined;
  const isAllowed = explanation.decision.result === 'allowed';
  const tone = isAllowed ? 'succeeded' : 'failed';
  return (
    <section className={`err ${tone}`} aria-label={t('answer')}>
      <header>
        <StateIcon state={tone} />
        <div className="grow">
          <h2>{t(isAllowed ? 'allowed' : 'denied')}</h2>
          <p>{decided(request, roleName)}</p>
          {!isOnly && <p className="mono muted text-xs">{resource}</p>}
          {unread.length > 0 && (
            <p role="note" className="text-waiting text-xs">
              {t('unread', { policies: unread.map(({ name }) => name).join(', ') })}
            </p>
          )}
        </div>
        <LinkButton size="sm" href={routes.role(roleName, statement)}>
          {t(statement ? 'seeStatement' : 'seeRole')}
        </LinkButton>
      </header>
      {deciding && <JsonView label={t('deciding')} text={deciding} />}
    </section>
  );
}
