/**
 * How data goes through a state, in both query languages:
 * JSONPath: InputPath → Parameters → (the work) → ResultSelector → ResultPath → OutputPath;
 * JSONata: Arguments → (the work) → Output.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-input-output-filtering.html
 */
import type { Catcher, QueryLanguage, State } from './definition.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { fillJsonata, isJsonata } from './jsonata.ts';
import { getAtPath } from './path.ts';
import { compute, fillTemplate } from './payload-template.ts';
import { putAtPath } from './reference-path.ts';
import type { Scope } from './scope.ts';
import { EvaluationError } from './states-error.ts';

/** The output of a state with the variables that it assigned. */
export interface StateOutput {
  output: Json;
  assigned?: JsonObject;
}

/** What a field may see beside the input, in JSONata's `$states`. */
type Visible = { result: Json } | { errorOutput: Json } | Record<string, never>;

interface OutputFields {
  Assign?: Json;
  Output?: Json;
  ResultPath?: string | null;
  ResultSelector?: Json;
  OutputPath?: string | null;
}

/** One state's view of the data. */
export class DataFlow {
  readonly language: QueryLanguage;
  readonly scope: Scope;
  readonly #inputPath: string | null | undefined;
  #effectiveScope: Scope | undefined;

  constructor(state: State, language: QueryLanguage, scope: Scope) {
    this.language = language;
    this.scope = scope;
    this.#inputPath = 'InputPath' in state ? state.InputPath : undefined;
  }

  get isJsonata(): boolean {
    return this.language === 'JSONata';
  }

  /** What JSONPath fields see as `$`: what InputPath lets through. */
  get effectiveInput(): Json {
    return this.#effective.input;
  }

  get #effective(): Scope {
    this.#effectiveScope ??= { ...this.scope, input: effectiveInput(this.#inputPath, this.scope) };
    return this.#effectiveScope;
  }

  /** `Parameters` or `Arguments`, filled; the effective input where there are none. */
  async arguments(state: { Parameters?: Json; Arguments?: Json }): Promise<Json> {
    const template = this.isJsonata ? state.Arguments : state.Parameters;
    if (template === undefined) return this.effectiveInput;
    return this.fill(template, this.isJsonata ? 'Arguments' : 'Parameters');
  }

  /** Fills a template of either language; `extra` context is what Map adds for an item. */
  async fill(
    template: Json,
    field: string,
    visible: Visible = {},
    context: JsonObject = this.scope.context,
  ): Promise<Json> {
    if (!this.isJsonata) return fillTemplate(template, { ...this.#effective, context });
    return fillJsonata(template, { input: this.scope.input, context, ...visible }, this.scope, field);
  }

  /** A field that holds its value (`Seconds`) or, in JSONPath, has a sister with a path to it (`SecondsPath`). */
  async value(value: Json | undefined, path: string | undefined, field: string): Promise<Json | undefined> {
    if (this.isJsonata) return value === undefined ? undefined : this.fill(value, field);
    if (value !== undefined) return value;
    return path === undefined ? undefined : compute(path, this.#effective, `${field}Path`);
  }

  async condition(condition: string | boolean): Promise<boolean> {
    const value = isJsonata(condition) ? await this.fill(condition, 'Condition') : condition;
    if (typeof value !== 'boolean') {
      throw new EvaluationError(
        'States.QueryEvaluationError',
        `The JSONata expression '${condition}' in a Condition must give true or false, not ${JSON.stringify(value)}`,
      );
    }
    return value;
  }

  /** The state's output from the result of its work. */
  async output(fields: OutputFields, result: Json): Promise<StateOutput> {
    if (this.isJsonata) return this.#jsonataOutput(fields, result, { result });
    const { context } = this.scope;
    const selected =
      fields.ResultSelector === undefined
        ? result
        : fillTemplate(fields.ResultSelector, { ...this.scope, input: result });
    const merged = putAtPath(this.scope.input, fields.ResultPath, selected);
    const output = throughOutputPath(fields.OutputPath, { ...this.scope, input: merged, context });
    return this.#assigned(fields.Assign, { ...this.scope, input: selected }, output);
  }

  /** The output of a state that does no work: Choice, Wait, Succeed. */
  async passOn(fields: OutputFields): Promise<StateOutput> {
    if (this.isJsonata) return this.#jsonataOutput(fields, this.scope.input, {});
    return this.#assigned(fields.Assign, this.#effective, throughOutputPath(fields.OutputPath, this.#effective));
  }

  /** The output of a state whose error was caught. */
  async caught(catcher: Catcher, error: JsonObject): Promise<StateOutput> {
    if (this.isJsonata) return this.#jsonataOutput(catcher, error, { errorOutput: error });
    return this.#assigned(
      catcher.Assign,
      { ...this.scope, input: error },
      putAtPath(this.scope.input, catcher.ResultPath, error),
    );
  }

  async #jsonataOutput(fields: OutputFields, otherwise: Json, visible: Visible): Promise<StateOutput> {
    const output = fields.Output === undefined ? otherwise : await this.fill(fields.Output, 'Output', visible);
    const assigned = fields.Assign === undefined ? undefined : await this.fill(fields.Assign, 'Assign', visible);
    return { output, ...(isObject(assigned) && { assigned }) };
  }

  #assigned(assign: Json | undefined, scope: Scope, output: Json): StateOutput {
    const assigned = assign === undefined ? undefined : fillTemplate(assign, scope);
    return { output, ...(isObject(assigned) && { assigned }) };
  }
}

function effectiveInput(inputPath: string | null | undefined, scope: Scope): Json {
  if (inputPath === null) return {};
  return inputPath === undefined ? scope.input : getAtPath(inputPath, scope, 'InputPath');
}

function throughOutputPath(outputPath: string | null | undefined, scope: Scope): Json {
  if (outputPath === null) return {};
  return outputPath === undefined ? scope.input : getAtPath(outputPath, scope, 'OutputPath');
}
