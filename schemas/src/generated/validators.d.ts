// Generated from schemas/**/*.schema.json: run `npm run generate -w schemas` to write it again.
/**
 * One violation: `instancePath` is the JSON pointer of the value `data`, `schemaPath` that of the rule,
 * `parentSchema` the schema that holds the rule.
 */
export interface SchemaError {
  readonly instancePath: string;
  readonly schemaPath: string;
  readonly keyword: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message?: string;
  readonly data?: unknown;
  /** Set when the violation is that of a member's name. */
  readonly propertyName?: string;
  readonly parentSchema?: Readonly<Record<string, unknown>>;
}
/** True when the value fits; else `errors` holds every violation until the next call. */
export interface Validate {
  (value: unknown): boolean;
  readonly errors?: readonly SchemaError[] | null;
}
export declare const validateFramework: Validate;
export declare const validateControlFamily: Validate;
export declare const validatePreset: Validate;
export declare const validateCheck: Validate;
export declare const validateRule: Validate;
export declare const validateRunbook: Validate;
export declare const validateDrill: Validate;
export declare const validatePartner: Validate;
export declare const validateSite: Validate;
export declare const validateAppliance: Validate;
export declare const validateAssignment: Validate;
export declare const validateObservedState: Validate;
export declare const validateLabReport: Validate;
