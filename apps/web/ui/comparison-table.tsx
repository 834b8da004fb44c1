import type { ReactNode } from 'react';

interface ComparisonTableProps {
  /** Read to whoever does not see the table. */
  readonly caption: string;
  /** What the rows name, and the two sides. */
  readonly heads: readonly [string, string, string];
  readonly rows: readonly {
    readonly key: string;
    readonly name: ReactNode;
    readonly sides: readonly [ReactNode, ReactNode];
  }[];
}

/** Two values of each of some fields beside each other. */
export function ComparisonTable({ caption, heads, rows }: ComparisonTableProps) {
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">{caption}</caption>
      <thead className="text-muted text-left text-xs">
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col" className="py-1 pr-3 font-medium">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, name, sides: [left, right] }) => (
          <tr key={key} className="border-line border-t align-top">
            <th scope="row" className="py-1 pr-3 text-left font-normal wrap-anywhere">
              {name}
            </th>
            <td className="py-1 pr-3 wrap-anywhere">{left}</td>
            <td className="py-1 wrap-anywhere">{right}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
