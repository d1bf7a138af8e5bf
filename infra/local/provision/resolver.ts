/**
 * CloudFormation's intrinsic functions over a template: values that refer to parameters, pseudo parameters and to
 * resources that were made before.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
import type { Template } from './template.ts';

/** What a made resource answers to `Ref` and to `Fn::GetAtt`. */
export interface Made {
  ref: string;
  attributes: Record<string, string>;
}

export interface Surroundings {
  account: string;
  region: string;
  stackName: string;
  /** Values for the template's parameters; those left out take their defaults. */
  parameters: Record<string, string>;
}

const noValue = Symbol('AWS::NoValue');
type Intrinsic = (argument: unknown) => unknown;

export class Resolver {
  readonly made = new Map<string, Made>();
  readonly #template: Template;
  readonly #pseudo: Record<string, unknown>;
  readonly #parameters: Record<string, unknown>;
  readonly #intrinsics: Record<string, Intrinsic>;

  constructor(template: Template, { account, region, stackName, parameters }: Surroundings) {
    this.#template = template;
    this.#pseudo = {
      'AWS::AccountId': account,
      'AWS::Region': region,
      'AWS::Partition': 'aws',
      'AWS::URLSuffix': 'amazonaws.com',
      'AWS::StackName': stackName,
      'AWS::StackId': `arn:aws:cloudformation:${region}:${account}:stack/${stackName}/local`,
      'AWS::NoValue': noValue,
    };
    this.#parameters = Object.fromEntries(
      Object.entries(template.Parameters).map(([name, { Type, Default }]) => {
        const value = parameters[name] ?? Default;
        if (value === undefined)
          throw new Error(`the template's parameter ${name} has no default and no value was given`);
        return [name, Type === 'CommaDelimitedList' ? value.split(',').map((item) => item.trim()) : value];
      }),
    );
    this.#intrinsics = this.#makeIntrinsics();
  }

  /** `value` with every intrinsic function replaced by what it stands for. */
  resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.resolve(item)).filter((item) => item !== noValue);
    if (value === null || typeof value !== 'object') return value;
    const entries = Object.entries(value);
    const [only] = entries;
    if (only && entries.length === 1) {
      const intrinsic = this.#intrinsics[only[0]];
      if (intrinsic) return intrinsic(only[1]);
    }
    return Object.fromEntries(
      entries.map(([key, item]) => [key, this.resolve(item)] as const).filter(([, item]) => item !== noValue),
    );
  }

  condition(name: string): boolean {
    return Boolean(this.resolve(this.#template.Conditions[name]));
  }

  #makeIntrinsics(): Record<string, Intrinsic> {
    const list = (argument: unknown) => argument as unknown[];
    const text = (argument: unknown) => String(this.resolve(argument));
    return {
      Ref: (name) => this.#ref(String(name)),
      'Fn::GetAtt': (argument) => {
        const [resource, ...attribute] = Array.isArray(argument) ? argument : String(argument).split('.');
        return this.#attribute(String(resource), attribute.join('.'));
      },
      'Fn::Sub': (argument) =>
        Array.isArray(argument) ? this.#sub(argument[0], argument[1]) : this.#sub(String(argument), {}),
      'Fn::Join': (argument) => list(this.resolve(list(argument)[1])).join(String(list(argument)[0])),
      'Fn::Select': (argument) => list(this.resolve(list(argument)[1]))[Number(this.resolve(list(argument)[0]))],
      'Fn::Split': (argument) => text(list(argument)[1]).split(String(list(argument)[0])),
      'Fn::If': (argument) =>
        this.resolve(this.condition(String(list(argument)[0])) ? list(argument)[1] : list(argument)[2]),
      'Fn::Equals': (argument) => text(list(argument)[0]) === text(list(argument)[1]),
      'Fn::And': (argument) => list(argument).every((item) => this.resolve(item)),
      'Fn::Or': (argument) => list(argument).some((item) => this.resolve(item)),
      'Fn::Not': (argument) => !this.resolve(list(argument)[0]),
      Condition: (name) => this.condition(String(name)),
      'Fn::FindInMap': (argument) => {
        const [map = '', first = '', second = ''] = list(this.resolve(argument)).map(String);
        return this.#template.Mappings[map]?.[first]?.[second];
      },
    };
  }

  #ref(name: string): unknown {
    if (name in this.#pseudo) return this.#pseudo[name];
    if (name in this.#parameters) return this.#parameters[name];
    const made = this.made.get(name);
    if (!made)
      throw new Error(`the template refers to ${name}, which is neither a parameter nor a resource made before`);
    return made.ref;
  }

  #attribute(resource: string, attribute: string): string {
    const value = this.made.get(resource)?.attributes[attribute];
    if (value === undefined) throw new Error(`the template asks for ${resource}.${attribute}, which is not known`);
    return value;
  }

  #sub(pattern: string, variables: Record<string, unknown>): string {
    return pattern.replace(/\$\{(!?)([^}]+)\}/g, (_, literal: string, name: string) => {
      if (literal) return `\${${name}}`;
      if (name in variables) return String(this.resolve(variables[name]));
      const dot = name.indexOf('.');
      return dot < 0 ? String(this.#ref(name)) : this.#attribute(name.slice(0, dot), name.slice(dot + 1));
    });
  }
}
