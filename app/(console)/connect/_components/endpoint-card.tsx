'use client';
import { useTranslations } from 'next-intl';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { CopyButton } from '@/components/ui/copy-button';
import { Tag } from '@/components/ui/tag';
import type { EndpointDoc } from '@/lib/data-api/endpoint-docs';
import { EndpointAnswer } from './endpoint-answer';
import { EndpointForm } from './endpoint-form';
import { type Answer, ask, isComplete, requestOf, type Values } from './request-of';
import { type SnippetLanguage, snippet } from './snippets';

interface EndpointCardProps {
  endpoint: EndpointDoc;
  language: SnippetLanguage;
  origin: string;
}

/** One endpoint: what it does, a form of its parameters, code for what is filled in, and a try of it. */
export function EndpointCard({ endpoint, language, origin }: EndpointCardProps) {
  const t = useTranslations('connect');
  const headingId = useId();
  const [values, setValues] = useState<Values>(() => firstValues(endpoint));
  const [accept, setAccept] = useState(endpoint.formats[0] ?? '');
  const [answer, setAnswer] = useState<Answer>();
  const [isPending, setIsPending] = useState(false);
  const request = requestOf(endpoint, origin, values, accept);
  const code = snippet(language, request);
  const codeLabel = t('codeFor', { endpoint: `${endpoint.method} ${endpoint.path}` });
  const send = async (etag?: string) => {
    setIsPending(true);
    setAnswer(await ask(request, etag));
    setIsPending(false);
  };
  return (
    <section aria-labelledby={headingId} className="grid gap-x-6 gap-y-3 p-4 lg:grid-cols-2">
      <form
        className="grid min-w-0 content-start gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <h3 id={headingId} className="flex items-center gap-2 font-medium">
          <Tag isMono>{endpoint.method}</Tag>
          <span className="mono min-w-0 break-all">{endpoint.path}</span>
        </h3>
        <p className="muted">{endpoint.saved?.description ?? t(`what.${endpoint.operation}`)}</p>
        <EndpointForm {...{ endpoint, values, accept }} onChange={setValues} onAccept={setAccept} />
        <div className="flex flex-wrap gap-2">
          <Button type="submit" isPending={isPending} isDisabled={!isComplete(endpoint, values)}>
            {t('try')}
          </Button>
          {answer?.etag && (
            <Button variant="ghost" isDisabled={isPending} onClick={() => void send(answer.etag)}>
              {t('tryEtag')}
            </Button>
          )}
        </div>
      </form>
      <div className="grid min-w-0 content-start gap-2">
        <div className="flex items-center">
          <span className="faint text-xs">{language}</span>
          <span className="grow" />
          <CopyButton text={code} />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard. */}
        <section className="code box" tabIndex={0} aria-label={codeLabel}>
          {code}
        </section>
        {answer && (
          <EndpointAnswer answer={answer} fileName={accept.endsWith('parquet') ? 'rows.parquet' : 'rows.arrows'} />
        )}
      </div>
    </section>
  );
}

/** An example, where the API has none of its own. */
function firstValues({ operation }: EndpointDoc): Values {
  return operation === 'readQuery' || operation === 'startQuery' ? { query: 'SELECT 1 AS one' } : {};
}
