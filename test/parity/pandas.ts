import { spawnSync } from 'node:child_process';

/** A table as pandas reads it from a CSV file with no options. */
export interface PandasTable {
  readonly rows: number;
  /** Each column's type: `int64`, `float64`, `bool` or `object`. */
  readonly dtypes: Readonly<Record<string, string>>;
  /** Missing values in each column. */
  readonly missing: Readonly<Record<string, number>>;
  /** The sum of each column of numbers or truths. */
  readonly sums: Readonly<Record<string, number>>;
}

/** A Python that has pandas, or undefined: the system's own, or the one on the path. */
export function findPandas(): string | undefined {
  return ['/usr/bin/python3', 'python3', 'python'].find(
    (python) => spawnSync(python, ['-c', 'import pandas']).status === 0,
  );
}

const READ = `
import json, sys, pandas
table = pandas.read_csv(sys.argv[1])
numbers = table.select_dtypes(["number", "bool"])
json.dump({
    "rows": len(table),
    "dtypes": {name: str(dtype) for name, dtype in table.dtypes.items()},
    "missing": {name: int(count) for name, count in table.isna().sum().items()},
    "sums": {name: float(numbers[name].sum()) for name in numbers},
}, sys.stdout)
`;

/** Has pandas read a file. */
export function readWithPandas(python: string, path: string): PandasTable {
  const { status, stdout, stderr } = spawnSync(python, ['-c', READ, path], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`pandas could not read ${path}: ${stderr}`);
  return JSON.parse(stdout) as PandasTable;
}
