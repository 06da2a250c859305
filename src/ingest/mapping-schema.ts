import Type, { type Static } from 'typebox'

/** The shape of a mapping file, in the file's own words. `mapping.ts` turns it into a Mapping or into all its faults. */

const strict = { additionalProperties: false }
const ControlWord = Type.Union([Type.Literal('required'), Type.Literal('none')])
const Share = Type.Number({ minimum: 0, maximum: 1 })
const Texts = Type.Array(Type.String())

export const MappingFile = Type.Object(
  {
    carrier: Type.String({ minLength: 1 }),
    time_zone: Type.String({ minLength: 1 }),
    control: Type.Optional(ControlWord),
    bad_rows_max: Type.Optional(Share),
    feeds: Type.Record(Type.String(), Type.Unknown()),
  },
  strict,
)

const ofEveryFeed = {
  control: Type.Optional(ControlWord),
  bad_rows_max: Type.Optional(Share),
  columns: Type.Union([Type.Literal('same'), Type.Record(Type.String(), Type.Unknown())]),
}
const ofEveryFile = {
  path: Type.String({ minLength: 1 }),
  span: Type.Optional(Type.Object({ from: Type.String(), to: Type.String() }, strict)),
}

export const CsvFile = Type.Object(
  {
    source: Type.Literal('csv'),
    ...ofEveryFile,
    ...ofEveryFeed,
    delimiter: Type.Optional(Type.String({ minLength: 1, maxLength: 1 })),
    header: Type.Optional(Type.Union([Type.Literal(true), Type.Array(Type.String(), { minItems: 1 })])),
    encoding: Type.Optional(Type.Union([Type.Literal('utf-8'), Type.Literal('gb18030')])),
    nulls: Type.Optional(Texts),
  },
  strict,
)

export const ParquetFile = Type.Object(
  { source: Type.Literal('parquet'), ...ofEveryFile, ...ofEveryFeed },
  strict,
)

export const PostgresQuery = Type.Object(
  {
    source: Type.Literal('postgres'),
    connection: Type.String({ pattern: '^[A-Z][A-Z0-9_]*$' }),
    query: Type.String({ minLength: 1 }),
    since: Type.String(),
    ...ofEveryFeed,
  },
  strict,
)

export const unitNames = [
  'fen',
  'yuan',
  'li',
  's',
  'min',
  'h',
  'B',
  'kB',
  'KiB',
  'MB',
  'MiB',
  'GB',
  'GiB',
] as const

export const ColumnFile = Type.Object(
  {
    column: Type.Optional(Type.String({ minLength: 1 })),
    sum: Type.Optional(Type.Array(Type.String(), { minItems: 1 })),
    constant: Type.Optional(Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
    delivery: Type.Optional(
      Type.Union([Type.Literal('from'), Type.Literal('to'), Type.Literal('day'), Type.Literal('month')]),
    ),
    row: Type.Optional(Type.Literal(true)),
    trim: Type.Optional(Type.Boolean()),
    format: Type.Optional(Type.String({ minLength: 2 })),
    zone: Type.Optional(Type.Union([Type.Literal('utc'), Type.Literal('local')])),
    unit: Type.Optional(Type.Union(unitNames.map(u => Type.Literal(u)))),
    nulls: Type.Optional(Texts),
    codes: Type.Optional(Type.Record(Type.String(), Type.String())),
    otherwise: Type.Optional(Type.String()),
    true: Type.Optional(Texts),
    false: Type.Optional(Texts),
  },
  strict,
)

export type ColumnFile = Static<typeof ColumnFile>
export type CsvFile = Static<typeof CsvFile>
export type ParquetFile = Static<typeof ParquetFile>
export type PostgresQuery = Static<typeof PostgresQuery>
export type MappingFile = Static<typeof MappingFile>
