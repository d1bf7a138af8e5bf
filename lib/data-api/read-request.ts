import { AppError } from '@/lib/errors';
import { LIMITS } from './contract';

/** The parameters of an address, each once and in UTF-8: what is silently repaired would ask for something else. */
export function readQueryString(address: string): Record<string, string> {
  const { search, searchParams } = new URL(address);
  try {
    decodeURIComponent(search.replaceAll('+', ' '));
  } catch (cause) {
    throw new AppError('INVALID', 'The address is not UTF-8, percent-encoded.', { cause });
  }
  const names = [...searchParams.keys()];
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) {
    throw new AppError('INVALID', `The parameter “${twice.slice(0, 128)}” is given twice.`, {
      details: { parameter: twice.slice(0, 128) },
    });
  }
  return Object.fromEntries(searchParams);
}

/** What is behind a part of an address, decoded: a name may have any letters in it. */
export function readPath(address: string, behind: string): string {
  const { pathname } = new URL(address);
  try {
    return pathname.slice(behind.length).split('/').map(decodeURIComponent).join('/');
  } catch (cause) {
    throw new AppError('INVALID', 'The address is not UTF-8, percent-encoded.', { cause });
  }
}

/** A request's JSON, as far as it may be sent. */
export async function readJson(request: Request): Promise<unknown> {
  const text = decode(await readBytes(request));
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('INVALID', 'The request must have a JSON body.', { cause });
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('INVALID', 'The body is not UTF-8.', { cause });
  }
}

async function readBytes(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > LIMITS.bodyBytesMax) {
      throw new AppError('LIMIT_EXCEEDED', `A request has ${LIMITS.bodyBytesMax} bytes at most.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
