'use client';

/** Replaces the whole document when even the root layout failed: no messages, no styles, so both languages in plain words. */
export default function GlobalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <html lang="en">
      <body style={{ fontFamily: 'system-ui, sans-serif', padding: '32px', maxWidth: '64ch' }}>
        <h1 style={{ fontSize: '20px' }}>The console made a mistake</h1>
        <p>Reload the page. If it stays, look into the console’s log{error.digest ? ` for ${error.digest}` : ''}.</p>
        <p lang="fr">
          La console a fait une erreur. Rechargez la page ; si cela dure, regardez le journal de la console.
        </p>
        <button type="button" onClick={() => location.reload()}>
          Reload · Recharger
        </button>
      </body>
    </html>
  );
}
