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
    'worker-src': ["'self'", 'blob:'],
    'object-src': ["'none'"],
    'base-uri': ["'self'"],
    'form-action': ["'self'"],
    'frame-ancestors': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
}
