import { Fragment } from 'react';
import { indentJson } from '@/lib/format/indent-json';
import { tokensOf } from './json-tokens';

/** JSON, indented and coloured; what is not JSON stays as it is. */
export function JsonView({ label, text }: { label: string; text: string }) {
  const pretty = indent(text);
  return (
    // A scrolling region must be reachable by keyboard.
    // biome-ignore lint/a11y/noNoninteractiveTabindex: see above.
    <section aria-label={label} tabIndex={0} className="code max-h-96">
      {tokensOf(pretty).map(
        ([kind, token], index) =>
          // biome-ignore-start lint/suspicious/noArrayIndexKey: tokens of a fixed text never change places.
          kind ? (
            <span key={index} className={kind}>
              {token}
            </span>
          ) : (
            <Fragment key={index}>{token}</Fragment>
          ),
        // biome-ignore-end lint/suspicious/noArrayIndexKey: see above.
      )}
    </section>
  );
}

function indent(text: string): string {
  try {
    JSON.parse(text);
    return indentJson(text);
  } catch {
    return text;
  }
}
