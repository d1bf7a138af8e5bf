import { z } from 'zod';
import { AwsError, type Caller, type Operation, operation } from '../../../service.ts';
import type { AccessKey, Directory } from '../directory.ts';
import { limitExceeded, noSuchEntity } from '../errors.ts';
import { holderArn, userKind } from '../holders.ts';
import { newSecret, uniqueId } from '../ids.ts';
import { page } from '../paging.ts';
import { Page, UserName } from '../schemas.ts';
import { accessKeyShape } from '../shapes.ts';

const OptionalUser = { UserName: UserName.optional() };
const AccessKeyId = z.string().min(16).max(128);
const Status = z.enum(['Active', 'Inactive']);
const KEYS_PER_USER = 2;

export function accessKeyOperations(directory: Directory): Record<string, Operation> {
  const { clock, newId } = directory.ctx;
  const access = (action: string) => (input: { UserName?: string }, caller: Caller) => [
    { action: `iam:${action}`, resource: holderArn(userKind, directory, userOf(input, caller)) },
  ];
  const find = (id: string, userName: string): AccessKey => {
    const key = directory.keys.get([id]);
    if (key?.userName !== userName) throw noSuchEntity(`The Access Key with id ${id} cannot be found.`);
    return key;
  };
  return {
    CreateAccessKey: operation({
      input: z.object(OptionalUser),
      access: access('CreateAccessKey'),
      run: async (input, caller) => {
        const userName = userOf(input, caller);
        const id = uniqueId('AKIA', newId).slice(0, 20);
        const secret = newSecret();
        const key: AccessKey = {
          id,
          secret: directory.sealSecret(id, secret),
          userName,
          status: 'Active',
          createdAtMs: clock(),
        };
        await directory.change(() => {
          directory.getUser(userName);
          if (directory.keysOf(userName).length >= KEYS_PER_USER) {
            throw limitExceeded(`Cannot exceed quota for AccessKeysPerUser: ${KEYS_PER_USER}`);
          }
          directory.keys.put([key.id], key);
        });
        return { AccessKey: { ...accessKeyShape(key), SecretAccessKey: secret } };
      },
    }),
    ListAccessKeys: operation({
      input: z.object({ ...OptionalUser, ...Page }),
      access: access('ListAccessKeys'),
      run: (input, caller) => {
        const user = directory.getUser(userOf(input, caller));
        const { items, more } = page(directory.keysOf(user.name), ({ id }) => id, input);
        return { AccessKeyMetadata: items.map(accessKeyShape), ...more };
      },
    }),
    UpdateAccessKey: operation({
      input: z.object({ ...OptionalUser, AccessKeyId, Status }),
      access: access('UpdateAccessKey'),
      run: (input, caller) =>
        directory.change(() => {
          const key = find(input.AccessKeyId, userOf(input, caller));
          directory.keys.put([key.id], { ...key, status: input.Status });
        }),
    }),
    DeleteAccessKey: operation({
      input: z.object({ ...OptionalUser, AccessKeyId }),
      access: access('DeleteAccessKey'),
      run: (input, caller) =>
        directory.change(() => {
          directory.keys.remove([find(input.AccessKeyId, userOf(input, caller)).id]);
        }),
    }),
  };
}

/** Without a name, a user means their own keys. The root's key is no user's and is not managed here. */
function userOf(input: { UserName?: string }, { principal }: Caller): string {
  const own = principal.type === 'User' ? principal.arn.split('/').at(-1) : undefined;
  const name = input.UserName ?? own;
  if (name) return name;
  throw new AwsError('ValidationError', 'Must specify userName when calling with non-User credentials');
}
