'use client';
import { useTranslations } from 'next-intl';
import { type ComponentProps, useState, useSyncExternalStore } from 'react';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/input';
import { Panel } from '@/components/ui/panel';
import type { EndpointDoc } from '@/lib/data-api/endpoint-docs';
import { EndpointCard } from './endpoint-card';
import { type SnippetLanguage, snippetLanguages } from './snippets';

const subscribeToNothing = () => () => undefined;

/** The saved queries as endpoints, one at a time, and every other endpoint. */
export function EndpointPanels({ endpoints }: { endpoints: readonly EndpointDoc[] }) {
  const t = useTranslations('connect');
  const [language, setLanguage] = useState<SnippetLanguage>('curl');
  const origin = useSyncExternalStore(
    subscribeToNothing,
    () => window.location.origin,
    () => '',
  );
  const saved = endpoints.filter((endpoint) => endpoint.saved);
  const [chosenId, setChosenId] = useState<string>();
  const chosen = saved.find((endpoint) => endpoint.saved?.id === chosenId) ?? saved[0];
  return (
    <>
      <Panel isFlush title={t('savedEndpoints')} aside={saved.length || undefined}>
        {chosen ? (
          <>
            {/* Below the title, where there is room for a long name on a small screen. */}
            <div className="grid gap-3 p-4 pb-0 sm:grid-cols-2 lg:grid-cols-4">
              <Field label={t('savedQuery')}>
                {(control) => (
                  <Select {...control} value={chosen.saved?.id} onChange={(event) => setChosenId(event.target.value)}>
                    {saved.map((endpoint) => (
                      <option key={endpoint.saved?.id} value={endpoint.saved?.id}>
                        {endpoint.saved?.name}
                      </option>
                    ))}
                  </Select>
                )}
              </Field>
              <Field label={t('language')}>
                {(control) => <LanguageSelect {...control} value={language} onChange={setLanguage} />}
              </Field>
            </div>
            <EndpointCard key={chosen.path} {...{ endpoint: chosen, language, origin }} />
          </>
        ) : (
          <EmptyState title={t('noSaved')} body={t('noSavedHint')} />
        )}
      </Panel>
      <Panel
        isFlush
        title={t('endpoints')}
        actions={
          <>
            <LanguageSelect aria-label={t('language')} size="sm" value={language} onChange={setLanguage} />
            <LinkButton size="sm" href="/api/v1/openapi.json">
              OpenAPI
            </LinkButton>
          </>
        }
      >
        <ul>
          {endpoints
            .filter((endpoint) => !endpoint.saved)
            .map((endpoint) => (
              <li key={endpoint.operation} className="border-line border-b last:border-b-0">
                <EndpointCard {...{ endpoint, language, origin }} />
              </li>
            ))}
        </ul>
      </Panel>
    </>
  );
}

interface LanguageSelectProps extends Omit<ComponentProps<typeof Select>, 'value' | 'onChange' | 'children'> {
  value: SnippetLanguage;
  onChange: (value: SnippetLanguage) => void;
}

function LanguageSelect({ onChange, ...rest }: LanguageSelectProps) {
  return (
    <Select {...rest} onChange={(event) => onChange(event.target.value as SnippetLanguage)}>
      {snippetLanguages.map((each) => (
        <option key={each}>{each}</option>
      ))}
    </Select>
  );
}
