'use client';
import { useTranslations } from 'next-intl';
import { CellValue } from '@/components/table/cell-value';
import { JsonView } from '@/components/table/json-view';
import { useProblemText } from '@/components/table/use-problem-text';
import { Amount } from '@/components/ui/amount';
import { EmptyState } from '@/components/ui/empty-state';
import { State } from '@/components/ui/state';
import { Table } from '@/components/ui/table';
import type { Problem } from '@/lib/languages/contract/problem.ts';
import type { FilePreview } from '@/lib/storage/preview-schemas';
import styles from './preview-content.module.css';

/** What can be shown of a file; `name` is read out as what it is of. */
export function PreviewContent({ preview, name }: { preview: FilePreview; name: string }) {
  const t = useTranslations('preview');
  const { content } = preview;
  switch (content.kind) {
    case 'empty':
      return <EmptyState title={t('empty.title')} body={t('empty.body')} />;
    case 'image':
      return <Picture url={content.url} name={name} />;
    case 'pdf':
      return <iframe className={styles.page} src={content.url} title={name} />;
    case 'none':
      return (
        <>
          <Problems of={content.problems} />
          <EmptyState title={t('none.title')} body={t('none.body', { mediaType: preview.mediaType })} />
        </>
      );
    case 'json':
      return (
        <>
          <Part of={content.isPart} />
          <JsonView label={name} text={content.text} />
        </>
      );
    case 'text':
      return (
        <>
          <Problems of={content.problems} />
          <Part of={content.isPart} />
          <PlainText text={content.text} name={name} />
        </>
      );
    case 'table':
      return (
        <>
          <Problems of={content.problems} />
          <p className={styles.note}>
            {t(`delimiter.${delimiterNames[content.delimiter]}`)} · {content.encoding.toUpperCase()} ·{' '}
            {t(content.isPart ? 'firstRows' : 'allRows', { count: content.rows.length })}
          </p>
          <Grid {...content} name={name} />
        </>
      );
    case 'parquet':
      return (
        <>
          <p className={styles.note}>
            {t('rowCount', { count: content.rowCount })} · {t('columnCount', { count: content.columns.length })}
            {content.rows.length > 0 && content.rows.length < content.rowCount && (
              <> · {t('firstRows', { count: content.rows.length })}</>
            )}
          </p>
          {content.unreadable && <p className={styles.note}>{t(`unreadable.${content.unreadable}`)}</p>}
          <Grid {...content} name={name} hasTypes />
        </>
      );
  }
}

const delimiterNames = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const;

function Part({ of }: { of: boolean }) {
  const t = useTranslations('preview');
  return of && <p className={styles.note}>{t('part')}</p>;
}

function Problems({ of }: { of: readonly Problem[] }) {
  const say = useProblemText();
  return of.map((problem) => (
    <p key={problem.message} className={styles.note}>
      <State state="rejected">
        <span className="whitespace-normal">{say(problem)}</span>
      </State>
    </p>
  ));
}

function PlainText({ text, name }: { text: string; name: string }) {
  return (
    // A scrolling region must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
    <section aria-label={name} tabIndex={0} className={`code ${styles.text}`}>
      {text}
    </section>
  );
}

function Picture({ url, name }: { url: string; name: string }) {
  return (
    <div className={styles.picture}>
      {/* An image of the lake's own server, by an address that is good for minutes: nothing to optimize or to keep. */}
      {/* biome-ignore lint/performance/noImgElement: see above. */}
      <img src={url} alt={name} />
    </div>
  );
}

type GridProps = Pick<Extract<FilePreview['content'], { kind: 'table' | 'parquet' }>, 'columns' | 'rows'>;

function Grid({ columns, rows, name, hasTypes }: GridProps & { name: string; hasTypes?: boolean }) {
  return (
    <div className={styles.grid}>
      <Table label={name}>
        <thead>
          <tr>
            <th scope="col" className="num">
              #
            </th>
            {columns.map((column, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns of a file may share a name; the place is theirs.
              <th key={index} scope="col">
                {column.name}
                {hasTypes && <small className="faint"> {column.type}</small>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no name but their place.
            <tr key={index}>
              <td className="num faint">
                <Amount value={index + 1} />
              </td>
              {columns.map((column, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: see above.
                <td key={place} title={row[place] ?? undefined}>
                  {place < row.length && <CellValue value={row[place] ?? null} type={column.type} />}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  );
}
