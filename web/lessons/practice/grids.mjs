// Rows of numbers, turned, swapped, cut and filled up.

export const sizeOf = (rows) => [rows.length, rows[0].length];
export const turned = (rows) => rows.map((row) => [...row].reverse()).reverse();
export const swapped = (rows) => rows[0].map((_, column) => rows.map((row) => row[column]));
export const mapped = (rows, change) => rows.map((row, i) => row.map((value, j) => change(value, i, j)));

/** Numbers in a row as rows of so many columns. */
export const rowsOf = (values, [rows, columns]) =>
  Array.from({ length: rows }, (_, i) => [...values.slice(i * columns, (i + 1) * columns)]);

/** The upper left corner. */
export const cut = (rows, [height, width]) => rows.slice(0, height).map((row) => row.slice(0, width));

/** Zeros below and to the right. */
export const filledUp = (rows, [height, width]) =>
  Array.from({ length: height }, (_, i) => Array.from({ length: width }, (_, j) => rows[i]?.[j] ?? 0));
