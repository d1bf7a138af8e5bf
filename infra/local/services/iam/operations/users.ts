import { z } from 'zod';
import { withTags } from '../../../request-tags.ts';
import { AwsError, type Operation, operation } from '../../../service.ts';
import type { Directory, User } from '../directory.ts';
import { alreadyExists, deleteConflict } from '../errors.ts';
import { holderArn, userKind } from '../holders.ts';
import { uniqueId } from '../ids.ts';
import { page } from '../paging.ts';
import { Page, Path, PathPrefix, PolicyArn, Tags, UserName } from '../schemas.ts';
import { userShape } from '../shapes.ts';
import { boundaryContext, requireAttachable } from './attached-policies.ts';
import { requireBare } from './roles.ts';
import { tagAccess, tagRecord } from './tags.ts';

const CreateUser = z.object({ UserName, Path, PermissionsBoundary: PolicyArn.optional(), Tags });

export function userOperations(directory: Directory): Record<string, Operation> {
  const { clock, newId } = directory.ctx;
  return {
    CreateUser: operation({
      input: CreateUser,
      access: ({ UserName: name, Path: path, Tags: tags, PermissionsBoundary: boundary }) => {
        const resource = directory.arn('user', path, name);
        const context = boundaryContext(boundary);
        return withTags(
          [{ action: 'iam:CreateUser', resource, context }, ...tagAccess('iam:TagUser', resource, tags)],
          tags,
        );
      },
      run: async (input) => {
        const user: User = {
          name: input.UserName,
          id: uniqueId('AIDA', newId),
          path: input.Path,
          arn: directory.arn('user', input.Path, input.UserName),
          createdAtMs: clock(),
          inline: {},
          attached: [],
          boundary: input.PermissionsBoundary,
          tags: tagRecord(input.Tags),
        };
        await directory.change(() => {
          if (directory.users.get([user.name])) throw alreadyExists(`User with name ${user.name}`);
          if (user.boundary) requireAttachable(directory, user.boundary);
          directory.users.put([user.name], user);
        });
        return { User: userShape(user) };
      },
    }),
    GetUser: operation({
      input: z.object({ UserName: UserName.optional() }),
      access: (input, { principal }) => [
        {
          action: 'iam:GetUser',
          resource: input.UserName ? holderArn(userKind, directory, input.UserName) : principal.arn,
        },
      ],
      run: (input, { principal }) => {
        const name = input.UserName ?? (principal.type === 'User' ? principal.arn.split('/').at(-1) : undefined);
        if (name) return { User: userShape(directory.getUser(name)) };
        throw new AwsError('ValidationError', 'Must specify userName when calling with non-User credentials');
      },
    }),
    ListUsers: operation({
      input: z.object({ PathPrefix, ...Page }),
      access: (input) => [{ action: 'iam:ListUsers', resource: directory.arn('user', input.PathPrefix, '') }],
      run: ({ PathPrefix: prefix, ...wanted }) => {
        const chosen = [...userKind.all(directory)].filter(({ path }) => path.startsWith(prefix));
        const { items, more } = page(chosen, ({ name }) => name, wanted);
        return { Users: items.map(userShape), ...more };
      },
    }),
    DeleteUser: operation({
      input: z.object({ UserName }),
      access: (input) => [{ action: 'iam:DeleteUser', resource: holderArn(userKind, directory, input.UserName) }],
      run: ({ UserName: name }) =>
        directory.change(() => {
          requireBare(directory.getUser(name));
          if (directory.keysOf(name).length > 0)
            throw deleteConflict('Cannot delete entity, must delete access keys first.');
          directory.users.remove([name]);
        }),
    }),
  };
}
