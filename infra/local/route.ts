import type { AuthFamily } from './protocol/signature-error.ts';
import type { SignatureClaim } from './protocol/sigv4.ts';
import type { OperationService, RestService, Service } from './service.ts';

/** Which service a request is for, and in which of AWS's wire families it expects its answer. */
export type Route =
  | { type: 'json'; service: OperationService | undefined; operation: string; contentType: string }
  | { type: 'query'; service: OperationService | undefined; name: string }
  | { type: 'rest'; service: RestService | undefined; name: string };

export interface RoutedRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  query: URLSearchParams;
}

/**
 * The target header names JSON operations, the credential's scope names everything else. A request without a
 * credential is told by its looks: a form is for the query services, Lambda has its date in the path, the rest is S3.
 */
export function route(
  request: RoutedRequest,
  claim: SignatureClaim | undefined,
  services: Map<string, Service>,
): Route {
  const target = request.headers['x-amz-target'];
  if (target !== undefined) return jsonRoute(target, request.headers['content-type'], services);
  const name = claim?.service ?? guessService(request);
  const service = services.get(name);
  if (service && !('protocol' in service)) return { type: 'rest', service, name };
  if (service?.protocol === 'query' || isForm(request)) {
    return { type: 'query', service: service && 'protocol' in service ? service : undefined, name };
  }
  return { type: 'rest', service: undefined, name };
}

/** How the service family words its refusals. */
export function authFamily(found: Route): AuthFamily {
  if (found.type === 'rest') return found.name === 's3' ? 's3' : 'json';
  return found.type;
}

function jsonRoute(target: string, contentType: string | undefined, services: Map<string, Service>): Route {
  const dot = target.lastIndexOf('.');
  // Older clients of some services put a package before it: `com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101`.
  const prefix = target.slice(0, dot).split('.').at(-1);
  const service = [...services.values()].find(
    (candidate): candidate is OperationService => 'protocol' in candidate && candidate.targetPrefix === prefix,
  );
  const version = service?.protocol === 'json-1.0' || contentType?.includes('json-1.0') ? '1.0' : '1.1';
  return {
    type: 'json',
    service,
    operation: service ? target.slice(dot + 1) : target,
    contentType: `application/x-amz-json-${version}`,
  };
}

function guessService(request: RoutedRequest): string {
  if (/^\/\d{4}-\d\d-\d\d\/functions(\/|$)/.test(request.path)) return 'lambda';
  if (request.path === '/' && (isForm(request) || request.query.has('Action'))) return 'sts';
  return 's3';
}

function isForm({ headers, query }: RoutedRequest): boolean {
  return (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded') || query.has('Action');
}
