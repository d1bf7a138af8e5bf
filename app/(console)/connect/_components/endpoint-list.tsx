'use client';
import { useTranslations } from 'next-intl';
import { useId, useState, useSyncExternalStore } from 'react';
import { JsonView } from '@/components/table/json-view';
import { Button, LinkButton } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Panel } from '@/components/ui/panel';
import { Segmented } from '@/components/ui/segmented';
import { Tag } from '@/components/ui/tag';
import { type SnippetLanguage, type SnippetRequest, snippet, snippetLanguages } from './snippets';

interface Endpoint {
  name: 'read' | 'start' | 'state' | 'results' | 'cancel' | 'tables';
  method: SnippetRequest['method'];
  path: string;
  /** What the person fills in; the address and the body are made of it. */
  input?: 'query' | 'id';
}

const ENDPOINTS: readonly Endpoint[] = [
  { name: 'read', method: 'GET', path: '/query', input: 'query' },
  { name: 'start', method: 'POST', path: '/api/v1/queries', input: 'query' },
  { name: 'state', method: 'GET', path: '/api/v1/queries/{id}', input: 'id' },
  { name: 'results', method: 'GET', path: '/api/v1/queries/{id}/results', input: 'id' },
  { name: 'cancel', method: 'DELETE', path: '/api/v1/queries/{id}', input: 'id' },
  { name: 'tables', method: 'GET', path: '/api/v1/tables' },
];

const subscribeToNothing = () => () => undefined;

/** Every endpoint: what it does, code for it, and a try of it as the signed-in person. */
export function EndpointList() {
  const t = useTranslations('connect');
  const [language, setLanguage] = useState<SnippetLanguage>('curl');
  const origin = useSyncExternalStore(
    subscribeToNothing,
    () => window.location.origin,
    () => '',
  );
  return (
    <Panel
      isFlush
      title={t('endpoints')}
      actions={
        <>
          <Segmented
            label={t('language')}
            value={language}
            onChange={setLanguage}
            options={snippetLanguages.map((value) => ({ value, label: value }))}
          />
          <LinkButton size="sm" href="/api/v1/openapi.json">
            OpenAPI
          </LinkButton>
        </>
      }
    >
      <ul>
        {ENDPOINTS.map((endpoint) => (
          <li key={endpoint.name} className="border-line border-b last:border-b-0">
            <EndpointCard endpoint={endpoint} language={language} origin={origin} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

interface EndpointCardProps {
  endpoint: Endpoint;
  language: SnippetLanguage;
  origin: string;
}

function EndpointCard({ endpoint, language, origin }: EndpointCardProps) {
  const t = useTranslations('connect');
  const headingId = useId();
  const [value, setValue] = useState(endpoint.input === 'query' ? 'SELECT 1 AS one' : '');
  const [answer, setAnswer] = useState<{ status: number; text: string }>();
  const [isPending, setIsPending] = useState(false);
  const request = requestOf(endpoint, origin, value);
  const code = snippet(language, request);
  const codeLabel = t('codeFor', { endpoint: `${endpoint.method} ${endpoint.path}` });
  const send = async () => {
    setIsPending(true);
    setAnswer(await ask(request));
    setIsPending(false);
  };
  return (
    <section aria-labelledby={headingId} className="grid gap-3 p-4 lg:grid-cols-2">
      <div className="grid min-w-0 content-start gap-2">
        <h3 id={headingId} className="flex items-center gap-2 font-medium">
          <Tag isMono>{endpoint.method}</Tag>
          <span className="mono min-w-0 break-all">{endpoint.path}</span>
        </h3>
        <p className="muted">{t(`what.${endpoint.name}`)}</p>
        <form
          className="grid gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            void send();
          }}
        >
          {endpoint.input && (
            <Field label={t(`input.${endpoint.input}`)}>
              {(control) => (
                <Input {...control} isMono value={value} onChange={(event) => setValue(event.target.value)} />
              )}
            </Field>
          )}
          <div>
            <Button type="submit" isPending={isPending} isDisabled={endpoint.input === 'id' && value.trim() === ''}>
              {t('try')}
            </Button>
          </div>
        </form>
      </div>
      <div className="grid min-w-0 content-start gap-2">
        <div className="flex items-center">
          <span className="faint text-xs">{language}</span>
          <span className="grow" />
          <CopyButton text={code} />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
        <section className="code" tabIndex={0} aria-label={codeLabel}>
          {code}
        </section>
        {answer && (
          <>
            <p role="status" className={answer.status < 400 ? 'text-succeeded text-xs' : 'text-failed text-xs'}>
              {t('answered', { status: answer.status })}
            </p>
            <JsonView label={t('answer')} text={answer.text} />
          </>
        )}
      </div>
    </section>
  );
}

function requestOf({ method, path, input }: Endpoint, origin: string, value: string): SnippetRequest {
  if (input === 'id') {
    const id = value.trim() ? encodeURIComponent(value.trim()) : '{id}';
    return { method, url: origin + path.replace('{id}', id) };
  }
  if (input === 'query' && method === 'GET') {
    return { method, url: `${origin}${path}?${new URLSearchParams({ query: value })}` };
  }
  const body = input === 'query' ? { body: JSON.stringify({ query: value }) } : {};
  return { method, url: origin + path, ...body };
}

async function ask({ method, url, body }: SnippetRequest): Promise<{ status: number; text: string }> {
  try {
    const headers = body ? { 'content-type': 'application/json' } : undefined;
    const response = await fetch(url, { method, body, headers });
    return { status: response.status, text: await response.text() };
  } catch (error) {
    return { status: 0, text: String(error) };
  }
}
