import { type Operation, operation } from '../../../service.ts';
import type { Directory, Holder } from '../directory.ts';
import { limitExceeded, noSuchEntity, requirePolicy } from '../errors.ts';
import { boundaryOf, changeHolder, type HolderKind, holderArn, holderInput } from '../holders.ts';
import { page } from '../paging.ts';
import { Page, PolicyDocument, PolicyName } from '../schemas.ts';
import { encodeDocument } from '../shapes.ts';
import { boundaryContext } from './attached-policies.ts';

/** PutRolePolicy, GetRolePolicy, … and the same for users. */
export function inlinePolicyOperations<H extends Holder>(
  directory: Directory,
  kind: HolderKind<H>,
): Record<string, Operation> {
  const access = (action: string) => (input: { name: string }) => [
    {
      action: `iam:${action}`,
      resource: holderArn(kind, directory, input.name),
      context: boundaryContext(boundaryOf(kind, directory, input.name)),
    },
  ];
  const find = ({ name, PolicyName: policy }: { name: string; PolicyName: string }) => {
    const document = kind.get(directory, name).inline[policy];
    if (document === undefined)
      throw noSuchEntity(`The ${kind.name.toLowerCase()} policy with name ${policy} cannot be found.`);
    return document;
  };
  return {
    [`Put${kind.name}Policy`]: operation({
      input: holderInput(kind, { PolicyName, PolicyDocument }),
      access: access(`Put${kind.name}Policy`),
      run: async ({ name, PolicyName: policy, PolicyDocument: document }) => {
        requirePolicy(document, 'identity');
        await changeHolder(kind, directory, name, (holder) =>
          withinLimit(kind, { ...holder, inline: { ...holder.inline, [policy]: document } }),
        );
      },
    }),
    [`Get${kind.name}Policy`]: operation({
      input: holderInput(kind, { PolicyName }),
      access: access(`Get${kind.name}Policy`),
      run: (input) => ({
        [kind.member]: input.name,
        PolicyName: input.PolicyName,
        PolicyDocument: encodeDocument(find(input)),
      }),
    }),
    [`Delete${kind.name}Policy`]: operation({
      input: holderInput(kind, { PolicyName }),
      access: access(`Delete${kind.name}Policy`),
      run: async (input) => {
        find(input);
        await changeHolder(kind, directory, input.name, (holder) => {
          const { [input.PolicyName]: _gone, ...inline } = holder.inline;
          return { ...holder, inline };
        });
      },
    }),
    [`List${kind.name}Policies`]: operation({
      input: holderInput(kind, Page),
      access: access(`List${kind.name}Policies`),
      run: ({ name, ...wanted }) => {
        const names = Object.keys(kind.get(directory, name).inline).toSorted();
        const { items, more } = page(names, (name) => name, wanted);
        return { PolicyNames: items, ...more };
      },
    }),
  };
}

function withinLimit<H extends Holder>(kind: HolderKind<H>, holder: H): H {
  const size = Object.values(holder.inline).reduce((sum, document) => sum + document.replace(/\s/g, '').length, 0);
  if (size <= kind.inlineLimit) return holder;
  throw limitExceeded(
    `Maximum policy size of ${kind.inlineLimit} bytes exceeded for ${kind.name.toLowerCase()} ${holder.name}`,
  );
}
