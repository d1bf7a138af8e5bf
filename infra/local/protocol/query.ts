/**
 * The AWS query protocol: a form in, XML out.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
import type { AwsError, WireResponse } from '../service.ts';
import { element, type XmlValue } from './xml.ts';

export type QueryValue = string | QueryValue[] | { [name: string]: QueryValue };

const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** `Tags.member.1.Key=a` → `{ Tags: [{ Key: 'a' }] }`; values stay text, schemas coerce them. */
export function decodeQuery(form: URLSearchParams): Record<string, QueryValue> {
  const root: Node = {};
  for (const [name, value] of form) {
    if (name !== 'Action' && name !== 'Version') place(root, name.split('.'), value);
  }
  return Object.fromEntries(Object.entries(root).map(([name, node]) => [name, gather(node)]));
}

interface Node {
  [name: string]: Node | string;
}

function place(root: Node, path: string[], value: string): void {
  let node = root;
  for (const name of path.slice(0, -1)) {
    const next = Object.hasOwn(node, name) ? node[name] : undefined;
    if (typeof next === 'object') node = next;
    else node = define(node, name, Object.create(null) as Node);
  }
  define(node, path.at(-1) ?? '', value);
}

/** A name in a form is the client's choice, `__proto__` too. */
function define<T extends Node | string>(node: Node, name: string, value: T): T {
  Object.defineProperty(node, name, { value, enumerable: true, configurable: true, writable: true });
  return value;
}

function gather(node: Node | string): QueryValue {
  if (typeof node === 'string') return node;
  const names = Object.keys(node);
  const list = names.length === 1 ? (node.member ?? node.entry) : undefined;
  if (typeof list === 'object') {
    const items = Object.entries(list).sort(([a], [b]) => Number(a) - Number(b));
    return items.map(([, item]) => gather(item));
  }
  return Object.fromEntries(Object.entries(node).map(([name, inner]) => [name, gather(inner)]));
}

export function queryAnswer(action: string, output: unknown, namespace: string, requestId: string): WireResponse {
  const result = output === undefined ? '' : element(`${action}Result`, output as XmlValue);
  const metadata = element('ResponseMetadata', { RequestId: requestId });
  return xml(200, `<${action}Response xmlns="${namespace}">${result}${metadata}</${action}Response>`);
}

export function queryError(error: AwsError, namespace: string, requestId: string): WireResponse {
  const body = element('Error', {
    Type: error.status < 500 ? 'Sender' : 'Receiver',
    Code: error.code,
    Message: error.message,
    ...(error.details as Record<string, XmlValue>),
  });
  return xml(
    error.status,
    `<ErrorResponse xmlns="${namespace}">${body}${element('RequestId', requestId)}</ErrorResponse>`,
  );
}

function xml(status: number, body: string): WireResponse {
  return { status, headers: { 'content-type': 'text/xml' }, body: XML + body };
}
