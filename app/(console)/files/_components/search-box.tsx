'use client';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { SearchInput } from '@/components/ui/input';
import styles from './files.module.css';

/** A pause between two keys that is longer than this is the end of a word. */
const PAUSE_MS = 200;

/** Asks S3 for the names that begin like what is typed; `2024/01` goes into the folder. */
export function SearchBox({ value, onSearch }: { value: string; onSearch: (search: string) => void }) {
  const t = useTranslations('files');
  const [typed, setTyped] = useState(value);
  const [asked, setAsked] = useState(value);
  const [seen, setSeen] = useState(value);
  if (value !== seen) {
    setSeen(value);
    // The address changed without us: a link, or the browser's way back.
    if (value !== asked) {
      setTyped(value);
      setAsked(value);
    }
  }
  useEffect(() => {
    if (typed === asked) return;
    const timer = setTimeout(() => {
      setAsked(typed);
      onSearch(typed);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [typed, asked, onSearch]);
  return (
    <search className={styles.search}>
      <SearchInput
        label={t('search')}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        spellCheck={false}
        autoComplete="off"
        maxLength={1024}
      />
    </search>
  );
}
