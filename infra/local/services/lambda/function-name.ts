import { functionNotFound } from './errors.ts';

export interface FunctionSpace {
  region: string;
  account: string;
}

export function functionArn({ region, account }: FunctionSpace, name: string): string {
  return `arn:aws:lambda:${region}:${account}:function:${name}`;
}

const NAME = /^[A-Za-z0-9_-]{1,64}$/;

export function isFunctionName(name: string): boolean {
  return NAME.test(name);
}

/**
 * The function's name from any of its forms: `name`, `name:$LATEST`, `account:function:name`, or its ARN.
 * The only version is `$LATEST`; another one is not found. https://docs.aws.amazon.com/lambda/latest/api/API_GetFunction.html
 */
export function parseFunctionName(space: FunctionSpace, text: string, qualifier?: string): string {
  const [, account, name = '', inName] =
    /^(?:(?:arn:aws[a-z-]*:lambda:[a-z0-9-]+:)?(\d{12}):function:|function:)?([A-Za-z0-9_-]+)(?::([$\w-]+))?$/.exec(
      text,
    ) ?? [];
  const version = qualifier ?? inName ?? '$LATEST';
  const isOurs = account === undefined || account === space.account;
  if (!isOurs || !isFunctionName(name) || version !== '$LATEST') {
    throw functionNotFound(
      text.startsWith('arn:') ? text : functionArn(space, version === '$LATEST' ? text : `${text}:${version}`),
    );
  }
  return name;
}
