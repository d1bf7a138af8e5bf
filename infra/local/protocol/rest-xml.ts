import type { AwsError, WireResponse } from '../service.ts';
import { element, type XmlValue } from './xml.ts';

/** S3's error document: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html#RESTErrorResponses */
export function restXmlError(error: AwsError, resource: string, requestId: string): WireResponse {
  const body = element('Error', {
    Code: error.code,
    Message: error.message,
    ...(error.details as Record<string, XmlValue>),
    Resource: resource,
    RequestId: requestId,
    HostId: 'lacustre',
  });
  return {
    status: error.status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
  };
}
