/** A kind of resource as the catalog has it: `arn:${Partition}:s3:::${BucketName}/${ObjectName}`. */
interface ResourceType {
  name: string;
  arn: string;
}

/** Whether an ARN is one of the kinds that an action is about; without kinds it is about `*` alone. */
export function fitsTypes(resource: string, types: readonly ResourceType[]): boolean {
  if (types.length === 0) return resource === '*';
  return types.some(({ arn }) => pattern(arn).test(resource));
}

/** A variable is a name; one that ends the ARN behind a slash may have slashes of its own, as keys have. */
function pattern(template: string): RegExp {
  const source = template.split(/(\$\{[^}]+\})/).map((piece, index, pieces) => {
    if (!piece.startsWith('${')) return piece.replaceAll(/[.*+?^$()|[\]\\{}]/g, '\\$&');
    const isLast = pieces.slice(index + 1).every((rest) => rest === '');
    return isLast && pieces[index - 1]?.endsWith('/') ? '.+' : '[^/]*';
  });
  return new RegExp(`^${source.join('')}$`);
}
