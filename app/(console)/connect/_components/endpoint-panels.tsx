'use client';
import { useTranslations } from 'next-intl';
import { useState, useSyncExternalStore } from 'react';
import { LinkButton } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
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
  const languages = <LanguageSelect label={t('language')} value={language} onChange={setLanguage} />;
  return (
    <>
      <Panel
        isFlush
        title={t('savedEndpoints')}
        aside={saved.length || undefined}
        actions={
          chosen && (
            <>
              <Select
                aria-label={t('savedQuery')}
                size="sm"
                value={chosen.saved?.id}
                onChange={(event) => setChosenId(event.target.value)}
              >
                {saved.map((endpoint) => (
                  <option key={endpoint.saved?.id} value={endpoint.saved?.id}>
                    {endpoint.saved?.name}
                  </option>
                ))}
              </Select>
              {languages}
            </>
          )
        }
      >
        {chosen ? (
          <EndpointCard key={chosen.path} {...{ endpoint: chosen, language, origin }} />
        ) : (
          <EmptyState title={t('noSaved')} body={t('noSavedHint')} />
        )}
      </Panel>
      <Panel
        isFlush
        title={t('endpoints')}
        actions={
          <>
            {languages}
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

interface LanguageSelectProps {
  label: string;
  value: SnippetLanguage;
  onChange: (value: SnippetLanguage) => void;
}

function LanguageSelect({ label, value, onChange }: LanguageSelectProps) {
  return (
    <Select
      aria-label={label}
      size="sm"
      value={value}
      onChange={(event) => onChange(event.target.value as SnippetLanguage)}
    >
      {snippetLanguages.map((each) => (
        <option key={each}>{each}</option>
      ))}
    </Select>
  );
}
