import * as v from 'valibot';

/** Parts of schemas that many have, and the types that follow from schemas. */

/** How many there are of something, or the place of one of them. */
export const Count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));

/** What a schema lets through, which nobody changes: read-only at every depth. */
export type Checked<Schema extends v.GenericSchema> = DeepReadonly<v.InferOutput<Schema>>;

type DeepReadonly<Value> = Value extends object
  ? { readonly [Key in keyof Value]: DeepReadonly<Value[Key]> }
  : Value;
