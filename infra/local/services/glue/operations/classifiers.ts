import { z } from 'zod';
import { type Access, type Operation, operation } from '../../../service.ts';
import { type Classifier, ClassifierInput, type Classifiers, ClassifierUpdate } from '../classifiers.ts';
import { Paging, pageOf } from '../paging.ts';

const OneClassifier = z.object({ Name: z.string().min(1).max(255) });

/** IAM knows no resource for classifiers. */
const anyClassifier = (action: string) => (): Access[] => [{ action: `glue:${action}`, resource: '*' }];

export function classifierOperations(classifiers: Classifiers): Record<string, Operation> {
  return {
    CreateClassifier: operation({
      input: ClassifierInput,
      access: anyClassifier('CreateClassifier'),
      run: async (input) => {
        await classifiers.create(input);
        return {};
      },
    }),
    UpdateClassifier: operation({
      input: ClassifierUpdate,
      access: anyClassifier('UpdateClassifier'),
      run: async (input) => {
        await classifiers.update(input);
        return {};
      },
    }),
    GetClassifier: operation({
      input: OneClassifier,
      access: anyClassifier('GetClassifier'),
      run: ({ Name }) => ({ Classifier: classifierOut(classifiers.get(Name)) }),
    }),
    GetClassifiers: operation({
      input: z.object(Paging),
      access: anyClassifier('GetClassifiers'),
      run: (input) => {
        const { items, NextToken } = pageOf(classifiers.list(), input, ({ definition }) => definition.Name);
        return { Classifiers: items.map(classifierOut), NextToken };
      },
    }),
    DeleteClassifier: operation({
      input: OneClassifier,
      access: anyClassifier('DeleteClassifier'),
      run: async ({ Name }) => {
        await classifiers.delete(Name);
        return {};
      },
    }),
  };
}

function classifierOut({ kind, definition, createdAt, updatedAt, version }: Classifier) {
  return {
    [kind]: { ...definition, CreationTime: createdAt / 1000, LastUpdated: updatedAt / 1000, Version: version },
  };
}
