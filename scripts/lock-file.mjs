/**
 * What is looked for in a package-lock.json: licences that the project may use, and nothing that runs when packages are
 * installed, or that names where they were downloaded from.
 */

/** Licences that tools and products may have: they ask for no more than their text beside a copy. */
const PERMISSIVE = [
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'WTFPL',
  'Python-2.0',
];

/** Licences that tools may have besides, as none of them is in a product: changed copies stay under them, or name the author. */
const FOR_TOOLS = ['MPL-2.0', 'CC-BY-4.0'];

/**
 * @typedef {object} LockedPackage
 * @property {string} [license]
 * @property {boolean} [dev]
 * @property {boolean} [hasInstallScript]
 * @property {string} [resolved]
 */

/**
 * Returns what is wrong in a lock file, a line for each package.
 * @param {{ packages: Record<string, LockedPackage> }} lock
 * @param {{ areTools: boolean, mayHaveInstallScripts: readonly string[] }} rules whether all of it is tools; packages whose
 *   install scripts are never run
 * @returns {string[]}
 */
export function problemsOfLock({ packages }, { areTools, mayHaveInstallScripts }) {
  return Object.entries(packages).flatMap(
    ([place, { license, dev, hasInstallScript, resolved }]) => {
      const name = place.replace(/^.*node_modules\//, '') || 'the project';
      const allowed = areTools || dev === true ? [...PERMISSIVE, ...FOR_TOOLS] : PERMISSIVE;
      return [
        ...(isAllowed(license, allowed)
          ? []
          : [`${name} has the licence ${license ?? 'of no name'}`]),
        ...(hasInstallScript === true && !mayHaveInstallScripts.includes(name)
          ? [`${name} runs a script when it is installed`]
          : []),
        ...(resolved === undefined ? [] : [`${name} names where it is downloaded from`]),
      ];
    },
  );
}

/**
 * Whether a licence, which may be a choice of several, or several together, is among the allowed ones.
 * @param {string | undefined} license an SPDX expression
 * @param {readonly string[]} allowed
 * @returns {boolean}
 */
function isAllowed(license, allowed) {
  if (license === undefined) return false;
  const plain = license.replace(/^\((.*)\)$/, '$1');
  if (plain.includes(' OR ')) return plain.split(' OR ').some((one) => isAllowed(one, allowed));
  return plain.split(' AND ').every((one) => allowed.includes(one));
}
