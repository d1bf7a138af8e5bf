import { SendFailure } from './send-failure';

/**
 * Sends one part to its presigned address and returns the ETag that S3 gives for it.
 * By XMLHttpRequest, because fetch does not tell how much of a body has gone.
 */
export function sendPart(
  url: string,
  body: Blob,
  { signal, onProgress }: { signal: AbortSignal; onProgress: (bytes: number) => void },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    request.open('PUT', url);
    request.timeout = STALLED_MS;
    request.upload.onprogress = (event) => onProgress(Math.min(event.loaded, body.size));
    request.onload = () => {
      const etag = request.getResponseHeader('etag');
      if (request.status === 200 && etag) resolve(etag);
      else reject(refusal(request.status, request.responseText));
    };
    request.onerror = () => reject(new SendFailure(navigator.onLine ? 'unreachable' : 'offline'));
    request.ontimeout = () => reject(new SendFailure('stalled'));
    request.onabort = () => reject(signal.reason);
    request.onloadend = () => signal.removeEventListener('abort', abort);
    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener('abort', abort);
    request.send(body);
  });
}

const STALLED_MS = 10 * 60_000;

/** S3 says why in XML: `<Error><Code>AccessDenied</Code><Message>…</Message>`. */
function refusal(status: number, xml: string): SendFailure {
  const code = /<Code>(?<code>[^<]+)<\/Code>/.exec(xml)?.groups?.code;
  const said = /<Message>(?<message>[^<]+)<\/Message>/.exec(xml)?.groups?.message;
  return new SendFailure('refused', { status, ...(code ? { code } : {}), ...(said ? { said } : {}) });
}
