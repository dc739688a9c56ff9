import { describe, expect, test } from 'vitest';
import { type PermissionFacts, whyNotPermitted } from '../../src/python/permission.js';

const ORDINARY: PermissionFacts = {
  ownUser: 1000,
  processUser: 1000,
  yama: 0,
  sameNamespace: true,
  dumpable: true,
  inContainer: false,
};

const CASES: readonly [string, Partial<PermissionFacts>, RegExp][] = [
  ['of another user', { processUser: 0 }, /it is user 0's, and you are 1000: run Gilscope as that/],
  ['of another user, under Yama', { processUser: 1, yama: 1 }, /it is user 1's/],
  ['with Yama 1', { yama: 1 }, /ptrace_scope is 1.*gilscope record -- COMMAND.*sysctl/],
  ['with Yama 2', { yama: 2 }, /ptrace_scope is 2: run Gilscope as root/],
  ['with Yama 3', { yama: 3 }, /ptrace_scope is 3, which forbids it until the next boot/],
  ['with Yama 3, as root', { ownUser: 0, yama: 3 }, /ptrace_scope is 3/],
  ['in another container', { ownUser: 0, sameNamespace: false }, /runs in another container/],
  ['from a container', { ownUser: 0, inContainer: true }, /--cap-add SYS_PTRACE/],
  ['that is closed', { dumpable: false, inContainer: true }, /not dumpable/],
  ['of one’s own that is closed', {}, /although it is yours.*not dumpable/],
  ['without Yama', { yama: null, sameNamespace: null }, /although it is yours/],
];

describe('a process that may not be read', () => {
  test.each(CASES)('%s says why and what to do', (_name, facts, expected) => {
    const text = whyNotPermitted('process 7 (python3)', { ...ORDINARY, ...facts });
    expect(text).toMatch(/^process 7 \(python3\) may not be read[^\n]*: [^\n]+$/);
    expect(text).toMatch(expected);
  });
});
