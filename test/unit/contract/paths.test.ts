import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { METHODS, type MethodName } from '#shared/contract/methods';
import { isPlace, pathText, placesIn, programText } from '#shared/contract/paths';

/** Keys of texts that name nothing of the machine. A new key has to be put here, or its schema made with `pathText`. */
const NO_PLACES = new Set(
  [
    'text custom name comment genres moods grouping keep drop keepGenres dropGenres plan provider',
    'jobId planId id window row column values is to tag value of from base model against models columns',
  ].flatMap((line) => line.split(' ')),
);

interface Leaf {
  readonly key: string;
  readonly schema: z.ZodType;
}

/** All free texts of a schema, with the key that each stands under. */
function texts(schema: z.ZodType, key: string, seen = new Set<unknown>()): Leaf[] {
  if (isPlace(schema) || schema instanceof z.ZodString) return [{ key, schema }];
  if (seen.has(schema)) return [];
  seen.add(schema);
  const def = schema.def as unknown as Record<string, unknown>;
  if (schema instanceof z.ZodObject)
    return Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(([name, inner]) =>
      texts(inner, name, seen),
    );
  const inner: unknown[] = [
    ...['innerType', 'element', 'in', 'left', 'right', 'valueType'].map((name) => def[name]),
    ...(Array.isArray(def['options']) ? (def['options'] as unknown[]) : []),
    ...(Array.isArray(def['items']) ? (def['items'] as unknown[]) : []),
    ...(schema instanceof z.ZodLazy ? [schema.unwrap()] : []),
  ];
  return inner.filter((one) => one instanceof z.ZodType).flatMap((one) => texts(one, key, seen));
}

describe('what an input names of the machine', () => {
  const methods = Object.keys(METHODS) as MethodName[];

  it.each(methods)('%s: every free text is marked as a place, or known to be none', (method) => {
    const unknown = texts(METHODS[method].input, method)
      .filter(({ schema, key }) => !isPlace(schema) && !NO_PLACES.has(key))
      .map(({ key }) => key);
    expect(unknown, 'make these with pathText() (contract/paths.ts) if they are paths').toEqual([]);
  });

  it('is found wherever it stands in a schema', () => {
    const inner = z.object({ folder: pathText().nullable(), name: z.string() });
    const tree: z.ZodType = z.lazy(() => z.union([z.number(), z.object({ file: pathText(), in: tree.optional() })]));
    const schema = z.object({
      paths: z.array(pathText()).max(3).readonly().optional(),
      inner: inner.default({ folder: null, name: '' }),
      by: z.record(z.string(), pathText()),
      pair: z.tuple([pathText(), z.string()]),
      ffmpeg: programText().nullable(),
      piped: pathText().pipe(z.string()),
      both: z.intersection(z.object({ left: pathText() }), z.object({ right: z.string() })),
      tree,
    });
    const value = {
      paths: ['/a', '/b'],
      inner: { folder: '/c', name: '/no' },
      by: { x: '/d' },
      pair: ['/e', '/no'],
      ffmpeg: '/f',
      piped: '/g',
      both: { left: '/h', right: '/no' },
      tree: { file: '/i', in: { file: '/j', in: 3 } },
    };
    const found = placesIn(schema, value);
    expect(found.map(({ path }) => path)).toEqual(['/a', '/b', '/c', '/d', '/e', '/f', '/g', '/h', '/i', '/j']);
    expect(found.filter(({ kind }) => kind === 'program').map(({ path }) => path)).toEqual(['/f']);
    expect(placesIn(schema, { ...value, paths: undefined, inner: { folder: null } }).map(({ path }) => path)).toEqual([
      '/d',
      '/e',
      '/f',
      '/g',
      '/h',
      '/i',
      '/j',
    ]);
  });

  it('holds no NUL, which no file has in its name', () => {
    expect(METHODS['roots.add'].input.safeParse({ path: '/music\0/etc' }).success).toBe(false);
  });
});
