import { useTranslations } from 'next-intl';
import { StatementWords } from '@/components/access/statement-words';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { State } from '@/components/ui/state';
import type { Permission, RoleDetails } from '@/lib/access/roles/schemas';
import { statementAnchor } from '@/lib/routes';

/** What all policies of the role come to, by service, each with the statements that it comes from. */
export function PermissionList({ permissions }: Pick<RoleDetails, 'permissions'>) {
  const t = useTranslations('access.roles');
  return (
    <Panel isFlush title={t('effective')} aside={t('effectiveHint')}>
      {permissions.length === 0 && <EmptyState title={t('nothing')} />}
      {permissions.map(({ service, items }) => (
        <section key={service} aria-label={serviceName(service)}>
          <h3 className="border-line border-b bg-sunken px-4 py-1 font-medium text-xs">{serviceName(service)}</h3>
          <ul>
            {items.map((item) => (
              <PermissionRow key={JSON.stringify(item.phrases)} item={item} />
            ))}
          </ul>
        </section>
      ))}
    </Panel>
  );
}

function PermissionRow({ item: { phrases, by, reach } }: { item: Permission }) {
  const t = useTranslations('access.roles');
  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-0.5 border-line border-b px-4 py-2">
      <StatementWords phrases={phrases} />
      {reach !== 'whole' && <State state={reach === 'none' ? 'failed' : 'waiting'}>{t(`reach.${reach}`)}</State>}
      <p className="muted flex flex-wrap gap-x-3 text-xs">
        {by.map((statement) => (
          <a
            key={`${statement.policy} ${statement.index}`}
            className="mono inline-flex min-h-6 items-center"
            href={`#${encodeURIComponent(statementAnchor(statement))}`}
            title={statement.policy}
          >
            {statement.sid ?? t('numbered', { number: statement.index + 1 })}
          </a>
        ))}
      </p>
    </li>
  );
}

/** As AWS writes them; a service that is not here is called as its actions call it. */
const NAMES: Record<string, string> = {
  '*': '*',
  athena: 'Athena',
  cloudformation: 'CloudFormation',
  cloudtrail: 'CloudTrail',
  events: 'EventBridge',
  firehose: 'Firehose',
  glue: 'Glue',
  iam: 'IAM',
  kinesis: 'Kinesis',
  kms: 'KMS',
  lambda: 'Lambda',
  logs: 'CloudWatch Logs',
  s3: 'S3',
  sagemaker: 'SageMaker',
  states: 'Step Functions',
  sts: 'STS',
};
const serviceName = (service: string) => NAMES[service] ?? service;
