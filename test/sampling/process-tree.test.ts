import { describe, expect, it } from 'vitest';
import type { PythonProcess } from '../../src/python/python-process.js';
import { PythonRefusal, type RefusalReason } from '../../src/python/refusal.js';
import { ProcessTree } from '../../src/sampling/process-tree.js';

/** What a process is: its program, the processes that it started, and why it is refused, if it is. */
interface Fake {
  program: string;
  children?: number[];
  refusal?: RefusalReason;
}

/** A tree of processes from 1 on, which may be changed; `opened` tells which were opened, again and again. */
function treeOf(processes: Record<number, Fake>) {
  const opened: number[] = [];
  const tree = new ProcessTree(1, {
    childrenOf: (pid) => processes[pid]?.children ?? [],
    programOf: (pid) => processes[pid]?.program ?? null,
    open: (pid) => {
      opened.push(pid);
      const found = processes[pid];
      const reason = found === undefined ? 'gone' : found.refusal;
      if (reason !== undefined) throw new PythonRefusal(reason, `${pid} is refused: ${reason}`);
      return { pid } as unknown as PythonProcess;
    },
  });
  return { tree, opened, look: () => tree.look().map(({ pid }) => pid) };
}

describe('the processes of a program', () => {
  it('are opened once, wherever they are in the tree', () => {
    const { look, opened } = treeOf({
      1: { program: 'bash', children: [2], refusal: 'not-python' },
      2: { program: 'python', children: [3] },
      3: { program: 'python' },
    });
    expect(look()).toEqual([2, 3]);
    expect(look()).toEqual([]);
    expect(opened).toEqual([1, 2, 3]);
  });

  it('are opened again where they run another program', () => {
    const processes: Record<number, Fake> = { 1: { program: 'env', refusal: 'not-python' } };
    const { look } = treeOf(processes);
    expect(look()).toEqual([]);
    processes[1] = { program: 'python' };
    expect(look()).toEqual([1]);
  });

  it('are tried again while an interpreter starts', () => {
    const processes: Record<number, Fake> = { 1: { program: 'python', refusal: 'starting' } };
    const { look, tree } = treeOf(processes);
    expect(look()).toEqual([]);
    expect(tree.isStarting).toBe(true);
    delete processes[1]?.refusal;
    expect(look()).toEqual([1]);
    expect(tree.isStarting).toBe(false);
  });

  it('are refused with what says most', () => {
    const { look, tree } = treeOf({
      1: { program: 'bash', children: [2, 3], refusal: 'not-python' },
      2: { program: 'python', refusal: 'not-permitted' },
      3: { program: 'ls', refusal: 'not-python' },
    });
    look();
    expect(tree.refusal?.reason).toBe('not-permitted');
  });

  it('are refused as gone where there is none', () => {
    const { look, tree } = treeOf({});
    look();
    expect(tree.refusal?.reason).toBe('gone');
    expect(tree.hasRoot).toBe(false);
  });
});
