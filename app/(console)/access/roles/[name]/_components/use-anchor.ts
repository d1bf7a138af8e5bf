import { useEffect, useState } from 'react';

/**
 * The fragment of the address, for what it points at to be marked: `:target` does not follow the router, which writes the
 * address without a navigation of the browser's own.
 */
export function useAnchor(): string {
  const [anchor, setAnchor] = useState('');
  useEffect(() => {
    const read = () => setAnchor(decoded(window.location.hash.slice(1)));
    read();
    window.addEventListener('hashchange', read);
    return () => window.removeEventListener('hashchange', read);
  }, []);
  return anchor;
}

/** A hand-written address may hold a lone `%`. */
function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
