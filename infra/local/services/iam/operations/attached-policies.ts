import { type Operation, operation } from '../../../service.ts';
import type { Directory, Holder } from '../directory.ts';
import { limitExceeded, noSuchEntity } from '../errors.ts';
import { boundaryOf, changeHolder, type HolderKind, holderArn, holderInput } from '../holders.ts';
import { page } from '../paging.ts';
import { Page, PathPrefix, PolicyArn } from '../schemas.ts';

const ATTACHED_MAX = 10;

/** AttachRolePolicy, DetachRolePolicy, ListAttachedRolePolicies, permissions boundaries, and the same for users. */
export function attachedPolicyOperations<H extends Holder>(
  directory: Directory,
  kind: HolderKind<H>,
): Record<string, Operation> {
  const access = (action: string) => (input: { name: string; PolicyArn?: string; PermissionsBoundary?: string }) => {
    const boundary = input.PermissionsBoundary ?? boundaryOf(kind, directory, input.name);
    const context = {
      ...boundaryContext(boundary),
      ...(input.PolicyArn && { 'iam:PolicyARN': input.PolicyArn }),
    };
    return [{ action: `iam:${action}`, resource: holderArn(kind, directory, input.name), context }];
  };
  const change = (name: string, with_: (holder: H) => H) => changeHolder(kind, directory, name, with_);
  return {
    [`Attach${kind.name}Policy`]: operation({
      input: holderInput(kind, { PolicyArn }),
      access: access(`Attach${kind.name}Policy`),
      run: ({ name, PolicyArn: arn }) =>
        change(name, (holder) => {
          requireAttachable(directory, arn);
          const attached = [...new Set([...holder.attached, arn])];
          if (attached.length > ATTACHED_MAX)
            throw limitExceeded(`Cannot exceed quota for PoliciesPer${kind.name}: ${ATTACHED_MAX}`);
          return { ...holder, attached };
        }),
    }),
    [`Detach${kind.name}Policy`]: operation({
      input: holderInput(kind, { PolicyArn }),
      access: access(`Detach${kind.name}Policy`),
      run: ({ name, PolicyArn: arn }) =>
        change(name, (holder) => {
          if (!holder.attached.includes(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
          return { ...holder, attached: holder.attached.filter((other) => other !== arn) };
        }),
    }),
    [`ListAttached${kind.name}Policies`]: operation({
      input: holderInput(kind, { PathPrefix, ...Page }),
      access: access(`ListAttached${kind.name}Policies`),
      run: ({ name, PathPrefix: prefix, ...wanted }) => {
        const attached = kind.get(directory, name).attached.map((arn) => directory.getPolicy(arn));
        const chosen = attached
          .filter(({ path }) => path.startsWith(prefix))
          .toSorted((a, b) => (a.name < b.name ? -1 : 1));
        const { items, more } = page(chosen, ({ name }) => name, wanted);
        return { AttachedPolicies: items.map(({ name, arn }) => ({ PolicyName: name, PolicyArn: arn })), ...more };
      },
    }),
    [`Put${kind.name}PermissionsBoundary`]: operation({
      input: holderInput(kind, { PermissionsBoundary: PolicyArn }),
      access: access(`Put${kind.name}PermissionsBoundary`),
      run: ({ name, PermissionsBoundary }) =>
        change(name, (holder) => {
          requireAttachable(directory, PermissionsBoundary);
          return { ...holder, boundary: PermissionsBoundary };
        }),
    }),
    [`Delete${kind.name}PermissionsBoundary`]: operation({
      input: holderInput(kind, {}),
      access: access(`Delete${kind.name}PermissionsBoundary`),
      run: ({ name }) => change(name, (holder) => ({ ...holder, boundary: undefined })),
    }),
  };
}

/**
 * `iam:PermissionsBoundary` is the boundary that a request sets, or that who it changes has already.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html#access_policies_boundaries-delegate
 */
export function boundaryContext(arn: string | undefined): Record<string, string> {
  return arn === undefined ? {} : { 'iam:PermissionsBoundary': arn };
}

/** AWS's own managed policies are not here: a policy that cannot be enforced must not look attached. */
export function requireAttachable(directory: Directory, arn: string): void {
  if (!directory.policies.get([arn])) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
}
