/**
 * A look at the attention word, `i32.atomic.load` with an alignment of 4 bytes and no offset (binary
 * format of the WebAssembly threads proposal), and what gives zero without it: `drop`, `i32.const 0`
 * and `nop`.
 */
const LOOK = Buffer.from([0xfe, 0x10, 0x02, 0x00]);
const NO_LOOK = Buffer.from([0x1a, 0x41, 0x00, 0x01]);

/**
 * The kernel as it was built, but that it never looks at the attention word and so never leaves its work.
 *
 * @throws Error where it is not found to look anywhere, or what is left is no module
 */
export function withoutLooks(kernel: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = Buffer.from(kernel);
  let looks = 0;
  for (let at = bytes.indexOf(LOOK); at !== -1; at = bytes.indexOf(LOOK, at)) {
    NO_LOOK.copy(bytes, at);
    looks += 1;
  }
  if (looks === 0 || !WebAssembly.validate(bytes)) {
    throw new Error('the kernel looks at the attention word in a way that the bench does not know');
  }
  return bytes;
}
