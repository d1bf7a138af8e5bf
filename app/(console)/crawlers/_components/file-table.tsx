import { useTranslations } from 'next-intl';
import { Bytes } from '@/components/ui/amount';
import { Panel } from '@/components/ui/panel';
import { Table } from '@/components/ui/table';
import type { PlannedFile } from '@/lib/languages/crawl/crawl-plan.ts';
import type { MediaFacts } from '@/lib/languages/file-format/media-facts.ts';
import { ReasonText } from './reason-list';

/** Files that no table is made of, with what can be read of each. */
export function FileTable({ files, count }: { files: readonly PlannedFile[]; count: number }) {
  const t = useTranslations('crawler');
  const aside = count > files.length ? t('otherFilesFirst', { shown: files.length, count }) : count;
  return (
    <Panel isFlush title={t('otherFiles')} aside={aside}>
      <Table label={t('otherFiles')}>
        <thead>
          <tr>
            <th scope="col">{t('file')}</th>
            <th scope="col">{t('kind')}</th>
            <th scope="col" className="num">
              {t('size')}
            </th>
            <th scope="col">{t('about')}</th>
            <th scope="col" className="w-full">
              {t('why')}
            </th>
          </tr>
        </thead>
        <tbody>
          {files.map((file) => (
            <tr key={file.key}>
              <td className="mono">{file.key}</td>
              <td className="mono muted">{file.facts.mediaType}</td>
              <td className="num">
                <Bytes value={file.sizeBytes} />
              </td>
              <td>
                <Facts facts={file.facts} />
              </td>
              <td className="muted !whitespace-normal">{file.reasons[0] && <ReasonText reason={file.reasons[0]} />}</td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  );
}

function Facts({ facts: { width, height, pages, language } }: { facts: MediaFacts }) {
  const t = useTranslations('crawler');
  if (width !== undefined && height !== undefined) return t('dimensions', { width, height });
  if (pages !== undefined) return t('pages', { count: pages });
  return language ? <span className="mono">{language}</span> : <span className="muted">–</span>;
}
