// Prints figures as a table.

const padded = (cells, widths) =>
  cells.map((cell, place) => (place ? cell.padStart(widths[place]) : cell.padEnd(widths[place]))).join("  ");

/** Prints rows, of each its name and what `columns` (`{ heading: member }`) names. */
export const print = (rows, columns) => {
  const members = Object.values(columns);
  const lines = rows.map((row) => [`${row.name}, ${row.unit}`, ...members.map((member) => String(row[member] ?? ""))]);
  lines.unshift(["", ...Object.keys(columns)]);
  const widths = lines[0].map((_, place) => Math.max(...lines.map((line) => line[place].length)));
  for (const line of lines) console.log(padded(line, widths));
};
