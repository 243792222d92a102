import { type Figure, isMet, kinds } from './figure.ts';

const titles: readonly string[] = ['', ...kinds, '', 'target', ''];

/** Figures under one another, as text: name, values, unit, target, and whether it is met. */
export function table(figures: readonly Figure[]): string {
  const rows = [titles, ...figures.map(cellsOf)];
  const widths = titles.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const isNumber = (column: number) => column > 0 && column <= kinds.length;
  const aligned = (cell: string, column: number) =>
    isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0);
  return rows.map((row) => row.map(aligned).join('  ').trimEnd()).join('\n');
}

function cellsOf(figure: Figure): readonly string[] {
  const { name, unit, values, target } = figure;
  const met = isMet(figure);
  return [
    name,
    ...kinds.map((kind) => written(values[kind])),
    unit,
    target === undefined ? '' : targetText(target),
    met === undefined ? '' : met ? 'met' : 'MISSED',
  ];
}

function targetText(target: NonNullable<Figure['target']>): string {
  return 'atMost' in target ? `≤ ${target.atMost}` : `≥ ${target.atLeast}`;
}

/** With as many digits as mean something: three, and two behind the point at the most. */
function written(value: number | undefined): string {
  if (value === undefined) return '';
  if (Number.isInteger(value)) return String(value);
  const size = Math.abs(value);
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
}
