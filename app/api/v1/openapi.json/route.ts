import { openApiDocument } from '@/lib/data-api';

/** What the API is, is no secret; what it gives is. */
export function GET(request: Request): Response {
  return Response.json(openApiDocument(new URL(request.url).origin));
}
