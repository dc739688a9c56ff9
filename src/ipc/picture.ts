import * as v from 'valibot';

/** A picture of a chart on its way out of the window, as bytes or as text; both ends check it. */

/** The charts that pictures are made of, as they are called in a sentence. */
export const PICTURED = {
  timeline: 'timeline',
  occupancy: 'lock occupancy',
  histogram: 'task times',
  comparison: 'comparison',
  'sweep-map': 'map of the sweep',
  'sweep-curves': 'speed-up curves',
  'sweep-losses': 'lost efficiency',
} as const;

export type Pictured = keyof typeof PICTURED;
export const CHARTS = Object.keys(PICTURED) as readonly Pictured[];

export const PICTURE_FORMATS = ['png', 'svg'] as const;

/** Bytes of a PNG and characters of an SVG, at most. */
export const PICTURE_BYTES = 2 ** 26;

/** What every PNG begins with. */
export const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;

const PngBytes = v.pipe(
  v.custom<Uint8Array<ArrayBuffer>>(
    (value) =>
      value instanceof Uint8Array && PNG_SIGNATURE.every((byte, index) => value[index] === byte),
    'the picture is not a PNG',
  ),
  v.check(
    ({ length }) => length <= PICTURE_BYTES,
    'the picture is larger than 64 MiB: show fewer lanes or less time',
  ),
);

const SvgText = v.pipe(
  v.string(),
  v.startsWith('<svg ', 'the picture is not an SVG'),
  v.maxLength(PICTURE_BYTES, 'the picture is larger than 64 MiB: show fewer lanes or less time'),
);

export const PictureSchema = v.variant('format', [
  v.object({ format: v.literal('png'), bytes: PngBytes }),
  v.object({ format: v.literal('svg'), text: SvgText }),
]);

export type Picture = v.InferOutput<typeof PictureSchema>;
export type PictureFormat = (typeof PICTURE_FORMATS)[number];

/** A name that a picture's file is proposed under, without its extension. */
export const PictureName = v.pipe(
  v.string(),
  v.maxLength(120),
  v.regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/),
);
