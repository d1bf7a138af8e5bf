/** Of what is no page: data, and files to save. Whoever opens one in a tab sees it run nothing and load nothing. */
export const API_POLICY = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** The policy of one response. `lakeOrigins` is where the browser may send the bytes of an upload. */
export function contentSecurityPolicy(options: {
  nonce: string;
  lakeOrigins: readonly string[];
  isDevelopment: boolean;
}): string {
  const { nonce, lakeOrigins, isDevelopment } = options;
  const directives: Record<string, string[]> = {
    'default-src': ["'self'"],
    // React's development build evaluates strings to show server stacks; the production build never does.
    'script-src': ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(isDevelopment ? ["'unsafe-eval'"] : [])],
    // Radix, CodeMirror and React write style attributes and style elements of their own.
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:', ...lakeOrigins],
    // A PDF is shown by the browser's own viewer, in a frame that S3 fills.
    'frame-src': [...lakeOrigins],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...lakeOrigins, ...(isDevelopment ? ['ws:'] : [])],
    'manifest-src': ["'self'"],
    'media-src': ["'none'"],
    'worker-src': ["'self'", 'blob:'],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
}
