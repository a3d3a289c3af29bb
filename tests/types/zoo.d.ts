// Written by `types`; what is changed here will be lost.

import type { Chatui } from './chatui.js';

/** What the template finds in `window.chatui`. */
export type Widget = Chatui<Zoo, Input, Called>;

/** The animals by name. */
export interface Zoo {
  names: string[];
}

/** The arguments of the call that it draws. */
export type Input = Record<string, never>;

/** The tools that it may call. */
export type Called = {
  /** Gives back what it takes. */
  adjacent: { input: AdjacentInput; output: Adjacent };
  /** Gives back what it takes. */
  anything: { input: AnythingInput2; output: Anything };
  /** Gives back what it takes. */
  array: { input: ArrayInput; output: { result: [number, number, number] } };
  /** Gives back what it takes. */
  bool: { input: BoolInput; output: { result: boolean } };
  /** Gives back what it takes. */
  char: { input: CharInput; output: { result: string } };
  /** Gives back what it takes. */
  collections: { input: CollectionsInput; output: Collections };
  /** Gives back what it takes. */
  constrained: { input: ConstrainedInput2; output: Constrained };
  /** Gives back what it takes. */
  defaults: { input: DefaultsInput2; output: Defaults };
  /** Gives back what it takes. */
  documented: { input: DocumentedInput; output: { result: Documented } };
  /** Gives back what it takes. */
  documents: { input: DocumentsInput2; output: Documents };
  /** Gives back what it takes. */
  empty: { input: EmptyInput; output: Empty };
  /** Gives back what it takes. */
  external: { input: ExternalInput2; output: { result: External } };
  /** Gives back what it takes. */
  f32: { input: F32Input; output: { result: number } };
  /** Gives back what it takes. */
  f64: { input: F64Input; output: { result: number } };
  /** Gives back what it takes. */
  flat: { input: FlatInput2; output: Flat };
  /** Gives back what it takes. */
  flat_enum: { input: FlatEnumInput2; output: FlatEnum };
  /** Gives back what it takes. */
  flat_enums: { input: FlatEnumsInput2; output: FlatEnums };
  /** Gives back what it takes. */
  flat_map: { input: FlatMapInput; output: FlatMap };
  /** Gives back what it takes. */
  folder: { input: FolderInput2; output: Folder };
  /** Gives back what it takes. */
  i128: { input: I128Input; output: { result: number } };
  /** Gives back what it takes. */
  i16: { input: I16Input; output: { result: number } };
  /** Gives back what it takes. */
  i32: { input: I32Input; output: { result: number } };
  /** Gives back what it takes. */
  i64: { input: I64Input; output: { result: number } };
  /** Gives back what it takes. */
  i8: { input: I8Input; output: { result: number } };
  /** Gives back what it takes. */
  internal: { input: InternalInput2; output: Internal };
  /** Gives back what it takes. */
  isize: { input: IsizeInput; output: { result: number } };
  /** Gives back what it takes. */
  journey: { input: JourneyInput2; output: Journey };
  /** Gives back what it takes. */
  metres: { input: MetresInput; output: { result: Metres } };
  /** Gives back what it takes. */
  non_zero_i32: { input: NonZeroI32Input; output: { result: number } };
  /** Gives back what it takes. */
  non_zero_u8: { input: NonZeroU8Input; output: { result: number } };
  /** Gives back what it takes. */
  option: { input: OptionInput; output: { result: number | null } };
  /** Gives back what it takes. */
  option_documented: { input: OptionDocumentedInput; output: { result: Documented | null } };
  /** Gives back what it takes. */
  option_external: { input: OptionExternalInput; output: { result: External | null } };
  /** Gives back what it takes. */
  option_internal: { input: OptionInternalInput; output: { result: Internal | null } };
  /** Gives back what it takes. */
  option_option: { input: OptionOptionInput; output: { result: string | null } };
  /** Gives back what it takes. */
  option_stop: { input: OptionStopInput; output: { result: Stop | null } };
  /** Gives back what it takes. */
  page: { input: PageInput2; output: Page };
  /** Gives back what it takes. */
  pair: { input: PairInput; output: { result: Pair } };
  /** Gives back what it takes. */
  pair_of_floats: { input: PairOfFloatsInput; output: { result: [number, number] } };
  /** Gives back what it takes. */
  plain: { input: PlainInput; output: { result: Plain } };
  /** Gives back what it takes. */
  renamed: { input: RenamedInput2; output: Renamed };
  /** Gives back what it takes. */
  result: { input: ResultInput; output: ResultOfUint8OrString };
  /** Constraints of the arguments themselves, in every way that a range is written. */
  rules: { input: RulesInput; output: string };
  /** Gives back what it takes. */
  skipped: { input: SkippedInput2; output: Skipped };
  /** Gives back what it takes. */
  stop: { input: StopInput2; output: Stop };
  /** Gives back what it takes. */
  strict: { input: StrictInput2; output: Strict };
  /** Gives back what it takes. */
  string: { input: StringInput; output: { result: string } };
  /** Gives back what it takes. */
  term: { input: TermInput; output: Term };
  /** Gives back what it takes. */
  times: { input: TimesInput2; output: Times };
  /** Gives back what it takes. */
  transparent: { input: TransparentInput; output: { result: number | null } };
  /** Gives back what it takes. */
  tree: { input: TreeInput2; output: Tree };
  /** Gives back what it takes. */
  tuple: { input: TupleInput; output: { result: [string, number, boolean | null] } };
  /** Gives back what it takes. */
  u128: { input: U128Input; output: { result: number } };
  /** Gives back what it takes. */
  u16: { input: U16Input; output: { result: number } };
  /** Gives back what it takes. */
  u32: { input: U32Input; output: { result: number } };
  /** Gives back what it takes. */
  u64: { input: U64Input; output: { result: number } };
  /** Gives back what it takes. */
  u8: { input: U8Input; output: { result: number } };
  /** Gives back what it takes. */
  unit: { input: UnitInput; output: { result: Unit } };
  /** Gives back what it takes. */
  untagged: { input: UntaggedInput2; output: { result: Untagged } };
  /** Gives back what it takes. */
  usize: { input: UsizeInput; output: { result: number } };
  /** Gives back what it takes. */
  value: { input: ValueInput; output: { result: unknown } };
  /** Gives back what it takes. */
  vec: { input: VecInput; output: { result: string[] } };
  /** Shows the zoo. */
  visit: { input: Record<string, never>; output: Zoo };
};

/** What `adjacent` takes. */
export interface AdjacentInput {
  it: Adjacent;
}

/** A shape with a tag and a content. */
export type Adjacent = { t: 'Nothing' } | { t: 'Circle'; c: number } | { t: 'Square'; c: { side: number } };

/** What `anything` takes. */
export interface AnythingInput2 {
  it: AnythingInput;
}

export interface Anything {
  value: unknown;
  maybe: unknown;
  members: Record<string, unknown>;
  list: unknown[];
}

export interface AnythingInput {
  value: unknown;
  maybe?: unknown;
  members: Record<string, unknown>;
  list: unknown[];
}

/** What `array` takes. */
export interface ArrayInput {
  it: [number, number, number];
}

/** What `bool` takes. */
export interface BoolInput {
  it: boolean;
}

/** What `char` takes. */
export interface CharInput {
  it: string;
}

/** What `collections` takes. */
export interface CollectionsInput {
  it: Collections;
}

export interface Collections {
  by_name: Record<string, number>;
  by_number: Record<string, string>;
  by_index: Record<string, number[]>;
  by_colour: { 'light-blue'?: number; red?: number };
  set: string[];
  gaps: (number | null)[];
  maybe_first: [number | null, string];
}

/** What `constrained` takes. */
export interface ConstrainedInput2 {
  it: ConstrainedInput;
}

/** Constraints that serde does not know. */
export interface Constrained {
  days: number | null;
  name: string;
  tags: Stop[];
  scale: number;
  above: number;
  named: Record<string, number>;
}

/** A stop of a journey. */
export interface Stop {
  /** City name, for example "Paris". */
  city: string;
  /** Nights. */
  nights: number;
  note: string | null;
}

/** Constraints that serde does not know. */
export interface ConstrainedInput {
  days?: number;
  name: string;
  tags: StopInput[];
  scale: number;
  above: number;
  named: Record<string, number>;
}

/** A stop of a journey. */
export interface StopInput {
  /** City name, for example "Paris". */
  city: string;
  /** Nights. */
  nights: number;
  note?: string;
}

/** What `defaults` takes. */
export interface DefaultsInput2 {
  it: DefaultsInput;
}

export interface Defaults {
  days: number;
  name: string | null;
  stop: Stop;
}

export interface DefaultsInput {
  /** @default 3 */
  days?: number;
  name?: string;
  /** @default {"city":"Bern","nights":1} */
  stop?: StopInput;
}

/** What `documented` takes. */
export interface DocumentedInput {
  it: Documented;
}

/**
 * How to travel.
 * - `walk`: On foot, slowly.
 * - `train`: By train.
 */
export type Documented = 'plane' | 'walk' | 'train';

/** What `documents` takes. */
export interface DocumentsInput2 {
  it: DocumentsInput;
}

export interface Documents {
  /** The way there. */
  there: Documented;
  back: Documented | null;
  others: Documented[];
}

export interface DocumentsInput {
  /** The way there. */
  there: Documented;
  back?: Documented;
  others: Documented[];
}

/** What `empty` takes. */
export interface EmptyInput {
  it: Empty;
}

export type Empty = Record<string, unknown>;

/** What `external` takes. */
export interface ExternalInput2 {
  it: ExternalInput;
}

/** A shape, as serde writes enums by itself. */
export type External =
  | 'Nothing'
  | 'Point'
  /** By its radius. */
  | { Circle: number }
  | { Line: [number, number] }
  | { Square: { side: number; label: string | null } };

/** A shape, as serde writes enums by itself. */
export type ExternalInput =
  | 'Nothing'
  | 'Point'
  /** By its radius. */
  | { Circle: number }
  | { Line: [number, number] }
  | { Square: { side: number; label?: string } };

/** What `f32` takes. */
export interface F32Input {
  it: number;
}

/** What `f64` takes. */
export interface F64Input {
  it: number;
}

/** What `flat` takes. */
export interface FlatInput2 {
  it: FlatInput;
}

/** A stop of a journey. */
export interface Flat {
  id: number;
  /** City name, for example "Paris". */
  city: string;
  /** Nights. */
  nights: number;
  note: string | null;
}

/** A stop of a journey. */
export interface FlatInput {
  id: number;
  /** City name, for example "Paris". */
  city: string;
  /** Nights. */
  nights: number;
  note?: string;
}

/** What `flat_enum` takes. */
export interface FlatEnumInput2 {
  it: FlatEnumInput;
}

/** A shape with a tag. */
export type FlatEnum = {
  /** Which one. */
  id: number;
} & (
  | { kind: 'nothing' }
  /** By its radius. */
  | { kind: 'circle'; radius: number }
  | (Stop & { kind: 'stop' })
);

/** A shape with a tag. */
export type FlatEnumInput = {
  /** Which one. */
  id: number;
} & (
  | { kind: 'nothing' }
  /** By its radius. */
  | { kind: 'circle'; radius: number }
  | (StopInput & { kind: 'stop' })
);

/** What `flat_enums` takes. */
export interface FlatEnumsInput2 {
  it: FlatEnumsInput;
}

/** A shape with a tag and a content. */
export type FlatEnums = ({ t: 'Nothing' } | { t: 'Circle'; c: number } | { t: 'Square'; c: { side: number } })
  & ({ speed: 'Fast' } | { speed: 'Slow'; minutes: number } | {});

/** A shape with a tag and a content. */
export type FlatEnumsInput =
  | { t: 'Nothing'; speed: 'Fast' }
  | { t: 'Nothing'; speed: 'Slow'; minutes: number }
  | { t: 'Nothing' }
  | { t: 'Circle'; c: number; speed: 'Fast' }
  | { t: 'Circle'; c: number; speed: 'Slow'; minutes: number }
  | { t: 'Circle'; c: number }
  | { t: 'Square'; c: { side: number }; speed: 'Fast' }
  | { t: 'Square'; c: { side: number }; speed: 'Slow'; minutes: number }
  | { t: 'Square'; c: { side: number } };

/** What `flat_map` takes. */
export interface FlatMapInput {
  it: FlatMap;
}

export interface FlatMap {
  id: number;
  [key: string]: number;
}

/** What `folder` takes. */
export interface FolderInput2 {
  it: FolderInput;
}

/** Two types that hold each other, one of them under a name that needs escapes. */
export interface Folder {
  entries: AnEntryOfAFolder[];
}

export interface AnEntryOfAFolder {
  name: string;
  folder: Folder | null;
}

/** Two types that hold each other, one of them under a name that needs escapes. */
export interface FolderInput {
  entries: AnEntryOfAFolderInput[];
}

export interface AnEntryOfAFolderInput {
  name: string;
  folder?: FolderInput;
}

/** What `i128` takes. */
export interface I128Input {
  it: number;
}

/** What `i16` takes. */
export interface I16Input {
  it: number;
}

/** What `i32` takes. */
export interface I32Input {
  it: number;
}

/** What `i64` takes. */
export interface I64Input {
  it: number;
}

/** What `i8` takes. */
export interface I8Input {
  it: number;
}

/** What `internal` takes. */
export interface InternalInput2 {
  it: InternalInput;
}

/** A shape with a tag. */
export type Internal =
  | { kind: 'nothing' }
  /** By its radius. */
  | { kind: 'circle'; radius: number }
  | (Stop & { kind: 'stop' });

/** A shape with a tag. */
export type InternalInput =
  | { kind: 'nothing' }
  /** By its radius. */
  | { kind: 'circle'; radius: number }
  | (StopInput & { kind: 'stop' });

/** What `isize` takes. */
export interface IsizeInput {
  it: number;
}

/** What `journey` takes. */
export interface JourneyInput2 {
  it: JourneyInput;
}

/** A journey. */
export interface Journey {
  stops: Stop[];
  /** Where it starts. */
  start: Stop;
  back: Stop | null;
  by_day: Record<string, Stop>;
}

/** A journey. */
export interface JourneyInput {
  stops: StopInput[];
  /** Where it starts. */
  start: StopInput;
  back?: StopInput;
  by_day: Record<string, StopInput>;
}

/** What `metres` takes. */
export interface MetresInput {
  it: Metres;
}

/** A length in metres. */
export type Metres = number;

/** What `non_zero_i32` takes. */
export interface NonZeroI32Input {
  it: number;
}

/** What `non_zero_u8` takes. */
export interface NonZeroU8Input {
  it: number;
}

/** What `option` takes. */
export interface OptionInput {
  it?: number | null;
}

/** What `option_documented` takes. */
export interface OptionDocumentedInput {
  it?: Documented | null;
}

/** What `option_external` takes. */
export interface OptionExternalInput {
  it?: ExternalInput | null;
}

/** What `option_internal` takes. */
export interface OptionInternalInput {
  it?: InternalInput | null;
}

/** What `option_option` takes. */
export interface OptionOptionInput {
  it?: string | null;
}

/** What `option_stop` takes. */
export interface OptionStopInput {
  it?: StopInput | null;
}

/** What `page` takes. */
export interface PageInput2 {
  it: PageInput;
}

export interface Page {
  items: Stop[];
  next: number | null;
}

export interface PageInput {
  items: StopInput[];
  next?: number;
}

/** What `pair` takes. */
export interface PairInput {
  it: Pair;
}

export type Pair = [string, number];

/** What `pair_of_floats` takes. */
export interface PairOfFloatsInput {
  it: [number, number];
}

/** What `plain` takes. */
export interface PlainInput {
  it: Plain;
}

export type Plain = 'red' | 'light-blue';

/** What `renamed` takes. */
export interface RenamedInput2 {
  it: RenamedInput;
}

/** Members that are called like keywords of JSON Schema. */
export interface Renamed {
  twoWords: number;
  $ref: number;
  title: string;
  format: string | null;
  default: boolean;
  type: string;
  properties: number;
  additionalProperties: number;
}

/** Members that are called like keywords of JSON Schema. */
export interface RenamedInput {
  twoWords: number;
  $ref: number;
  title: string;
  format?: string;
  default: boolean;
  type: string;
  properties: number;
  additionalProperties: number;
}

/** What `result` takes. */
export interface ResultInput {
  it: ResultOfUint8OrString;
}

export type ResultOfUint8OrString = { Ok: number } | { Err: string };

/** What `rules` takes. */
export interface RulesInput {
  days: number;
  below?: number | null;
  share: number;
  name: string;
  tags: Plain[];
  map: Record<string, boolean>;
  /** @default "BRN" */
  airport?: string | null;
}

/** What `skipped` takes. */
export interface SkippedInput2 {
  it: SkippedInput;
}

export interface Skipped {
  note?: string | null;
  made: number;
  other_name: number;
}

export interface SkippedInput {
  note?: string;
  secret?: string;
  other_name: number;
}

/** What `stop` takes. */
export interface StopInput2 {
  it: StopInput;
}

/** What `strict` takes. */
export interface StrictInput2 {
  it: StrictInput;
}

export interface Strict {
  id: number;
  inner: Strict | null;
}

export interface StrictInput {
  id: number;
  inner?: StrictInput;
}

/** What `string` takes. */
export interface StringInput {
  it: string;
}

/** What `term` takes. */
export interface TermInput {
  it: Term;
}

/** A sum. */
export type Term = { op: 'number'; value: number } | { op: 'add'; left: Term; right: Term };

/** What `times` takes. */
export interface TimesInput2 {
  it: TimesInput;
}

export interface Times {
  /** @format date */
  date: string;
  /** @format date-time */
  at: string;
  /** a date and time without a zone, for example 2026-08-30T18:30:00 */
  local: string | null;
  /** When it opens. (a time of day, for example 18:30:00) */
  opens: string | null;
  /** @format uuid */
  id: string;
  lasts: Duration;
}

export interface Duration {
  secs: number;
  nanos: number;
}

export interface TimesInput {
  /** @format date */
  date: string;
  /** @format date-time */
  at: string;
  /** a date and time without a zone, for example 2026-08-30T18:30:00 */
  local?: string;
  /** When it opens. (a time of day, for example 18:30:00) */
  opens?: string;
  /** @format uuid */
  id: string;
  lasts: Duration;
}

/** What `transparent` takes. */
export interface TransparentInput {
  it?: number | null;
}

/** What `tree` takes. */
export interface TreeInput2 {
  it: TreeInput;
}

export interface Tree {
  name: string;
  children?: Tree[];
  twin: Tree | null;
}

export interface TreeInput {
  name: string;
  children?: TreeInput[];
  twin?: TreeInput;
}

/** What `tuple` takes. */
export interface TupleInput {
  it: [string, number, boolean | null];
}

/** What `u128` takes. */
export interface U128Input {
  it: number;
}

/** What `u16` takes. */
export interface U16Input {
  it: number;
}

/** What `u32` takes. */
export interface U32Input {
  it: number;
}

/** What `u64` takes. */
export interface U64Input {
  it: number;
}

/** What `u8` takes. */
export interface U8Input {
  it: number;
}

/** What `unit` takes. */
export interface UnitInput {
  it: Unit;
}

export type Unit = null;

/** What `untagged` takes. */
export interface UntaggedInput2 {
  it: UntaggedInput;
}

/** A number, a word or a pair. */
export type Untagged = number | string | { left: number; right: number } | Stop;

/** A number, a word or a pair. */
export type UntaggedInput = number | string | { left: number; right: number } | StopInput;

/** What `usize` takes. */
export interface UsizeInput {
  it: number;
}

/** What `value` takes. */
export interface ValueInput {
  it: unknown;
}

/** What `vec` takes. */
export interface VecInput {
  it: string[];
}
