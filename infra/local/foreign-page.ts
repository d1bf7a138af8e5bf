/**
 * A port of this machine can be asked by every page that a browser here has open, whoever's it is. AWS has no such
 * neighbours; so these two refusals are the local lake's own, and come before a body is read.
 */
import { isIP } from 'node:net';
import { AwsError, type WireRequest } from './service.ts';

export interface DoorRules {
  /** Names, beside this machine's own and any address, that the lake answers under. */
  hosts: ReadonlySet<string>;
  isSigned: boolean;
  /** Whether the bucket's CORS rules let the page in that asks. */
  isInvited: () => boolean;
}

/** Throws AccessDenied for a name that is not the lake's, and for what a page of another site asks without a signature. */
export function refuseForeignPage(request: Pick<WireRequest, 'method' | 'headers'>, rules: DoorRules): void {
  const { headers, method } = request;
  const host = headers.host ?? '';
  if (!isKnownHost(host, rules.hosts)) {
    throw refusal(
      `This lake does not answer under the name ${host.slice(0, 255)}. Add it to LAKE_HOSTS if it is the lake's.`,
    );
  }
  // A browser asks leave by OPTIONS: the bucket's rules answer it. A form of a page brings its signature in a field.
  const isForm = method === 'POST' && headers['content-type']?.startsWith('multipart/form-data');
  if (rules.isSigned || method === 'OPTIONS' || isForm || !isOfPage(headers) || rules.isInvited()) return;
  throw refusal('A page of another site asks without a signature, and no CORS rule of the bucket lets it.');
}

/** A page can make a name of its own stand for this machine (DNS rebinding), but no address. */
function isKnownHost(host: string, hosts: ReadonlySet<string>): boolean {
  const name = host
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '');
  return isIP(name) !== 0 || /^(.+\.)?localhost$/.test(name) || hosts.has(name);
}

/** Following a link is a person's own doing. */
function isOfPage(headers: Record<string, string>): boolean {
  if (headers.origin !== undefined) return true;
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'none' && headers['sec-fetch-mode'] !== 'navigate';
}

function refusal(message: string): AwsError {
  return new AwsError('AccessDenied', message, 403);
}
