/**
 * Classifiers: how a crawler is to read files that it would not know by itself.
 * https://docs.aws.amazon.com/glue/latest/dg/aws-glue-api-crawler-classifiers.html
 */
import { z } from 'zod';
import type { State } from '../../state/state.ts';
import { alreadyExists, entityNotFound, invalidInput } from './errors.ts';

const Name = z.string().min(1).max(255);
const Classification = z.string().min(1);
const GrokPattern = z.string().min(1).max(2048);
const JsonPath = z.string().regex(/^\$/, 'must be a JSON path, which begins with $');

const Grok = z.object({ Name, Classification, GrokPattern, CustomPatterns: z.string().max(16_000).optional() });
const Xml = z.object({ Name, Classification, RowTag: z.string().optional() });
const Json = z.object({ Name, JsonPath });
const Csv = z.object({
  Name,
  Delimiter: z.string().length(1).optional(),
  QuoteSymbol: z.string().length(1).optional(),
  ContainsHeader: z.enum(['UNKNOWN', 'PRESENT', 'ABSENT']).optional(),
  Header: z.array(z.string().min(1).max(255)).optional(),
  DisableValueTrimming: z.boolean().optional(),
  AllowSingleColumn: z.boolean().optional(),
  CustomDatatypeConfigured: z.boolean().optional(),
  CustomDatatypes: z.array(z.string().min(1).max(255)).optional(),
  Serde: z.enum(['OpenCSVSerDe', 'LazySimpleSerDe', 'None']).optional(),
});

export const ClassifierInput = z.object({
  GrokClassifier: Grok.optional(),
  XMLClassifier: Xml.optional(),
  JsonClassifier: Json.optional(),
  CsvClassifier: Csv.optional(),
});
export type ClassifierInput = z.infer<typeof ClassifierInput>;

const rest = { Name: true } as const;
export const ClassifierUpdate = z.object({
  GrokClassifier: Grok.partial().required(rest).optional(),
  XMLClassifier: Xml.partial().required(rest).optional(),
  JsonClassifier: Json.partial().required(rest).optional(),
  CsvClassifier: Csv.partial().required(rest).optional(),
});
export type ClassifierUpdate = z.infer<typeof ClassifierUpdate>;

interface Kept {
  createdAt: number;
  updatedAt: number;
  /** 1 when created, one more with each update. */
  version: number;
}

/** One classifier, of one kind. */
export type Classifier = Kept &
  (
    | { kind: 'GrokClassifier'; definition: z.infer<typeof Grok> }
    | { kind: 'XMLClassifier'; definition: z.infer<typeof Xml> }
    | { kind: 'JsonClassifier'; definition: z.infer<typeof Json> }
    | { kind: 'CsvClassifier'; definition: z.infer<typeof Csv> }
  );

export class Classifiers {
  readonly #state: State;
  readonly #clock: () => number;
  readonly #classifiers;

  constructor(state: State, clock: () => number) {
    this.#state = state;
    this.#clock = clock;
    this.#classifiers = state.table<Classifier>('glue.classifiers');
  }

  list(): Classifier[] {
    return Array.from(this.#classifiers.range(), ({ value }) => value);
  }

  find(name: string): Classifier | undefined {
    return this.#classifiers.get([name]);
  }

  get(name: string): Classifier {
    const classifier = this.find(name);
    if (!classifier) throw entityNotFound(`Classifier entry with name ${name} does not exist`);
    return classifier;
  }

  create(input: ClassifierInput): Promise<void> {
    const given = onlyOne(input);
    mustDiffer(given.definition);
    return this.#state.commit(() => {
      const name = given.definition.Name;
      if (this.find(name)) throw alreadyExists(`${name} already exists`);
      const now = this.#clock();
      this.#classifiers.put([name], { ...given, createdAt: now, updatedAt: now, version: 1 } as Classifier);
    });
  }

  /** Changes what the update names, and leaves the rest. */
  update(update: ClassifierUpdate): Promise<void> {
    const given = onlyOne(update);
    return this.#state.commit(() => {
      const classifier = this.get(given.definition.Name);
      if (classifier.kind !== given.kind) {
        throw invalidInput(`${given.definition.Name} is a ${classifier.kind}, not a ${given.kind}`);
      }
      const definition = { ...classifier.definition, ...given.definition };
      mustDiffer(definition);
      this.#classifiers.put([definition.Name], {
        ...classifier,
        definition,
        updatedAt: this.#clock(),
        version: classifier.version + 1,
      } as Classifier);
    });
  }

  delete(name: string): Promise<void> {
    return this.#state.commit(() => {
      this.get(name);
      this.#classifiers.remove([name]);
    });
  }
}

interface Given {
  kind: Classifier['kind'];
  definition: { Name: string };
}

function onlyOne(input: ClassifierInput | ClassifierUpdate): Given {
  const given = Object.entries(input).filter(([, definition]) => definition !== undefined);
  const [[kind, definition] = []] = given;
  if (given.length !== 1 || !kind || !definition) throw invalidInput('Give exactly one kind of classifier.');
  return { kind: kind as Given['kind'], definition };
}

function mustDiffer(definition: Partial<z.infer<typeof Csv>>): void {
  const { Delimiter = ',', QuoteSymbol = '"', Header = [] } = definition;
  if (Delimiter === QuoteSymbol) throw invalidInput('The delimiter and the quote symbol must not be the same.');
  const doubled = Header.find((name, i) => Header.indexOf(name) !== i);
  if (doubled !== undefined) throw invalidInput(`The header has the column ${doubled} twice.`);
}
