// Prints figures: a table for people, or with `--json` a line of JSON each for programs.

const padded = (cells, widths) =>
  cells.map((cell, place) => (place ? cell.padStart(widths[place]) : cell.padEnd(widths[place]))).join("  ");

/** Prints rows, of each its name and what `columns` (`{ heading: member }`) names. */
export const print = (rows, columns) => {
  if (process.argv.includes("--json")) return rows.forEach((row) => console.log(JSON.stringify(row)));
  const members = Object.values(columns);
  const lines = rows.map((row) => [`${row.name}, ${row.unit}`, ...members.map((member) => String(row[member] ?? ""))]);
  lines.unshift(["", ...Object.keys(columns)]);
  const widths = lines[0].map((_, place) => Math.max(...lines.map((line) => line[place].length)));
  for (const line of lines) console.log(padded(line, widths));
};
