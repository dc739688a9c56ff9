/** `node draw-icons.mjs FOLDER`: draws icon.svg as PNG files in the sizes that systems ask for. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Resvg } from '@resvg/resvg-js';

const SIZES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

const [folder = 'icons'] = process.argv.slice(2);
const svg = readFileSync(new URL('icon.svg', import.meta.url));
mkdirSync(folder, { recursive: true });
for (const size of SIZES) {
  const picture = new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render();
  writeFileSync(path.join(folder, `${size}x${size}.png`), picture.asPng());
}
