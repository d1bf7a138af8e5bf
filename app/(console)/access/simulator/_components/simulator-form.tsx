'use client';
import { Play } from 'lucide-react';
import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useTranslations } from 'next-intl';
import { type FormEvent, useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import type { ActionChoice, SimulatorChoices } from '@/lib/access/decision-schemas';
import { routes } from '@/lib/routes';
import type { SimulatorSearch } from '../search-params';
import { ActionField } from './action-field';
import { ContextFields } from './context-fields';
import { PrincipalField } from './principal-field';
import { ResourceFields } from './resource-fields';

interface SimulatorFormProps {
  choices: SimulatorChoices;
  asked: SimulatorSearch;
  /** By the names of the verb's input. */
  fieldErrors: Record<string, string>;
  /** What the last request had for condition keys. */
  brought: Record<string, string[]> | undefined;
  /** What the catalog says of the action that was asked for. */
  known: ActionChoice | undefined;
}

/** The request to decide; sending it only changes the address, which the page reads. */
export function SimulatorForm({ choices, asked, fieldErrors, brought, known }: SimulatorFormProps) {
  const t = useTranslations('access.simulator');
  const router = useRouter();
  const [principal, setPrincipal] = useState(asked.principal ?? choices.people[0]?.arn ?? choices.roles[0]?.arn ?? '');
  const [action, setAction] = useState(asked.action ?? '');
  const [about, setAbout] = useState(known);
  const [resources, setResources] = useState(asked.resource.length > 0 ? asked.resource : ['']);
  const [context, setContext] = useState(asked.context);
  const [isPending, startTransition] = useTransition();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const resource = resources.map((each) => each.trim()).filter((each) => each !== '');
    const to = routes.simulator({ principal, action: action.trim(), resource, context });
    startTransition(() => router.push(to as Route));
  };
  return (
    <form action={routes.simulator()} onSubmit={submit} className="panel grid grid-cols-[minmax(0,1fr)] gap-3 p-4">
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-3 lg:grid-cols-[minmax(0,2fr)_minmax(0,2fr)_minmax(0,3fr)_auto]">
        <PrincipalField choices={choices} value={principal} onChange={setPrincipal} error={fieldErrors.principal} />
        <ActionField
          value={action}
          about={about}
          onChange={(name, choice) => {
            setAction(name);
            setAbout(choice);
          }}
          error={fieldErrors.action}
        />
        <ResourceFields
          values={resources}
          onChange={setResources}
          choices={choices.resources}
          about={about}
          errors={resources.map(
            (_, index) => fieldErrors[`resources.${index}`] ?? (index === 0 ? fieldErrors.resources : undefined),
          )}
        />
        <div className="lg:pt-5">
          <Button type="submit" variant="primary" icon={Play} isPending={isPending}>
            {t('check')}
          </Button>
        </div>
      </div>
      <ContextFields values={context} onChange={setContext} brought={brought} suggested={about?.conditionKeys ?? []} />
    </form>
  );
}
