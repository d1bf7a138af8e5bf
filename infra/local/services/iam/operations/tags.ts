import { withTagKeys, withTags } from '../../../request-tags.ts';
import { type Access, type Operation, operation } from '../../../service.ts';
import type { Directory, Holder } from '../directory.ts';
import { changeHolder, type HolderKind, holderArn, holderInput } from '../holders.ts';
import { page } from '../paging.ts';
import { Page, TagKeys, Tags } from '../schemas.ts';
import { tagList } from '../shapes.ts';

/** TagRole, UntagRole, ListRoleTags, and the same for users. */
export function tagOperations<H extends Holder>(directory: Directory, kind: HolderKind<H>): Record<string, Operation> {
  const access = (action: string) => (input: { name: string }) => [
    { action: `iam:${action}`, resource: holderArn(kind, directory, input.name) },
  ];
  return {
    [`Tag${kind.name}`]: operation({
      input: holderInput(kind, { Tags }),
      access: (input) => withTags(access(`Tag${kind.name}`)(input), input.Tags),
      run: ({ name, Tags: tags }) =>
        changeHolder(kind, directory, name, (holder) => ({ ...holder, tags: { ...holder.tags, ...tagRecord(tags) } })),
    }),
    [`Untag${kind.name}`]: operation({
      input: holderInput(kind, { TagKeys }),
      access: (input) => withTagKeys(access(`Untag${kind.name}`)(input), input.TagKeys),
      run: ({ name, TagKeys: keys }) =>
        changeHolder(kind, directory, name, (holder) => {
          const kept = Object.entries(holder.tags).filter(([key]) => !keys.includes(key));
          return { ...holder, tags: Object.fromEntries(kept) };
        }),
    }),
    [`List${kind.name}Tags`]: operation({
      input: holderInput(kind, Page),
      access: access(`List${kind.name}Tags`),
      run: ({ name, ...wanted }) => {
        const tags = tagList(kind.get(directory, name).tags).toSorted((a, b) => (a.Key < b.Key ? -1 : 1));
        const { items, more } = page(tags, ({ Key }) => Key, wanted);
        return { Tags: items, ...more };
      },
    }),
  };
}

/** Whoever makes something with tags must be allowed to tag it as well. */
export function tagAccess(action: string, resource: string, tags: { Key: string }[]): Access[] {
  return tags.length > 0 ? [{ action, resource }] : [];
}

export function tagRecord(tags: { Key: string; Value: string }[]): Record<string, string> {
  return Object.fromEntries(tags.map(({ Key, Value }) => [Key, Value]));
}
