'use client';
import { useLocale, useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { JsonView } from '@/components/table/json-view';
import { formatBytes } from '@/lib/format/bytes';
import type { Answer } from './request-of';

/** What came back: its status and time, its headers, and its body or a link to it. */
export function EndpointAnswer({ answer, fileName }: { answer: Answer; fileName: string }) {
  const t = useTranslations('connect');
  const { status, tookMs, headers, text, bytes } = answer;
  return (
    <div className="grid min-w-0 gap-2">
      <p role="status" className={status > 0 && status < 400 ? 'text-succeeded text-xs' : 'text-failed text-xs'}>
        {t('answered', { status })} <span className="faint num">{t('took', { ms: tookMs })}</span>
      </p>
      {headers.length > 0 && (
        <dl aria-label={t('headers')} className="mono grid grid-cols-[max-content_1fr] gap-x-3 text-xs">
          {headers.map(([name, value]) => (
            <div key={name} className="contents">
              <dt className="faint">{name}</dt>
              <dd className="min-w-0 break-all">{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {status === 304 && <p className="muted">{t('unchanged')}</p>}
      {text && <JsonView label={t('answer')} text={text} />}
      {bytes && <BytesLink bytes={bytes} fileName={fileName} />}
    </div>
  );
}

function BytesLink({ bytes, fileName }: { bytes: Blob; fileName: string }) {
  const t = useTranslations('connect');
  const locale = useLocale();
  const [url, setUrl] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(bytes);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes]);
  return (
    <a className="link" href={url} download={fileName}>
      {t('saveBytes', { size: formatBytes(bytes.size, locale) })}
    </a>
  );
}
