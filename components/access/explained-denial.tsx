'use client';
import { useQuery } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { LinkButton } from '@/components/ui/button';
import { type Fact, KeyValue } from '@/components/ui/facts';
import { Skeleton } from '@/components/ui/skeleton';
import type { ExplainedDenial as Explained } from '@/lib/access/decision-schemas';
import { denialOptions } from '@/lib/access/query-options';
import { reportFrom } from '@/lib/fetch-json';
import {
  type Denial,
  findDenialSentence,
  readDenial,
  roleOfPrincipal,
} from '@/lib/languages/iam-policy/read-denial.ts';
import { routes } from '@/lib/routes';
import { ChangeNote } from './change-note';
import { useDecisionText } from './use-decision-text';
import { useSaidText } from './use-said-text';

/**
 * A refusal of AWS, taken apart: who, what, on what, by which statement, and the smallest change that would allow it.
 * `said` is what AWS wrote, wherever it was found; nothing is shown for a text that tells of no denial.
 */
export function ExplainedDenial({ said }: { said: string }) {
  const sentence = findDenialSentence(said) ?? '';
  const denial = readDenial(sentence);
  const { data, error, isPending } = useQuery({ ...denialOptions(sentence), enabled: denial !== undefined });
  if (!denial) return null;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3 px-4 py-3">
      <Who denial={denial} explained={data} />
      {isPending && <Skeleton lines={2} />}
      {data && <Why explained={data} />}
      {error && <p className="muted text-xs">{reportFrom(error).message}</p>}
    </div>
  );
}

function Who({ denial, explained }: { denial: Denial; explained: Explained | undefined }) {
  const t = useTranslations('access.denial');
  const decided = useDecisionText();
  const said = useSaidText();
  const { principal, action, resource } = denial;
  const own = said(denial);
  const again = explained?.decided;
  const isAllowedNow = again?.explanation.decision.result === 'allowed';
  const byOurs = again && (isAllowedNow ? t('decision.allowedNow') : decided(again, explained.roleName ?? ''));
  const facts: Fact[] = [
    { label: t('principal'), value: principal ? <Principal arn={principal} /> : t('you') },
    { label: t('action'), value: <span className="mono">{action}</span> },
    { label: t('resource'), value: <span className="mono [overflow-wrap:anywhere]">{resource ?? '*'}</span> },
    ...(own ? [{ label: t('awsSays'), value: own }] : []),
    ...(byOurs ? [{ label: t('decidedBy'), value: byOurs }] : []),
  ];
  return <KeyValue items={facts} />;
}

/** A session is somebody's, of a role: the two are what people know it by. */
function Principal({ arn }: { arn: string }) {
  const t = useTranslations('access.denial');
  const role = roleOfPrincipal(arn);
  const session = arn.includes(':assumed-role/') ? arn.split('/').at(-1) : undefined;
  if (!role || !session) return <span className="mono [overflow-wrap:anywhere]">{arn}</span>;
  return (
    <span title={arn}>
      {t.rich('session', { session, role, mono: (chunks) => <span className="mono">{chunks}</span> })}
    </span>
  );
}

function Why({ explained }: { explained: Explained }) {
  const t = useTranslations('access.denial');
  const { denial, decided, roleName = '', roleArn = '', undecided, maySee } = explained;
  if (!decided) {
    return <p className="muted">{undecided === 'notYours' ? t('notYours', { role: roleName }) : t('noRole')}</p>;
  }
  const { by, source } = decided.explanation.decision;
  const statement = source === 'identity' || source === 'boundary' ? by : undefined;
  const query = { principal: denial.principal ?? roleArn, action: decided.action, resource: decided.resource };
  return (
    <>
      {decided.change && <ChangeNote change={decided.change} roleName={roleName} />}
      {decided.unread.length > 0 && (
        <p role="note" className="text-waiting text-xs">
          {t('unread', { policies: decided.unread.map(({ name }) => name).join(', ') })}
        </p>
      )}
      {maySee && (
        <div className="flex flex-wrap gap-2">
          <LinkButton size="sm" icon={FlaskConical} href={routes.simulator(query)}>
            {t('simulate')}
          </LinkButton>
          <LinkButton size="sm" variant="ghost" href={routes.role(roleName, statement)}>
            {statement ? t('seeStatement') : t('seeRole', { role: roleName })}
          </LinkButton>
        </div>
      )}
    </>
  );
}
