import type { Template } from './template.ts';

/** Logical ids in an order in which every resource comes after those it refers to; throws where they refer in a circle. */
export function resourceOrder(template: Template): string[] {
  const order: string[] = [];
  const done = new Set<string>();
  const visit = (id: string, path: string[]) => {
    if (done.has(id)) return;
    if (path.includes(id)) throw new Error(`the template's resources refer in a circle: ${[...path, id].join(' → ')}`);
    for (const other of references(template, id)) visit(other, [...path, id]);
    done.add(id);
    order.push(id);
  };
  for (const id of Object.keys(template.Resources)) visit(id, []);
  return order;
}

function references(template: Template, id: string): string[] {
  const resource = template.Resources[id];
  const found = new Set([resource?.DependsOn ?? []].flat());
  const walk = (value: unknown): void => {
    if (value === null || typeof value !== 'object') return;
    for (const [key, item] of Object.entries(value)) {
      if (key === 'Ref') found.add(String(item));
      else if (key === 'Fn::GetAtt') found.add(String(Array.isArray(item) ? item[0] : String(item).split('.')[0]));
      else if (key === 'Fn::Sub') {
        for (const [, name] of String(Array.isArray(item) ? item[0] : item).matchAll(/\$\{([^!}.]+)/g))
          if (name) found.add(name);
      }
      walk(item);
    }
  };
  walk(resource?.Properties);
  return [...found].filter((other) => other in template.Resources);
}
