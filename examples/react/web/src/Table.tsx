import { useState } from 'react';
import { CATEGORIES, NAMES } from './Categories';
import type { Category, Expense } from './types/expenses';

const COLUMNS = { date: 'Date', payee: 'Payee', category: 'Category', cents: 'Amount' };
type Column = keyof typeof COLUMNS;

interface Props {
  expenses: Expense[];
  money: (cents: number) => string;
  day: (date: string) => string;
  /** Missing where the host lets widgets call nothing. */
  file: ((filing: { id: number; category: Category }) => void) | undefined;
}

export function Table({ expenses, money, day, file }: Props) {
  const [{ by, up }, setOrder] = useState<{ by: Column; up: boolean }>({ by: 'date', up: true });
  const compare = (a: Expense, b: Expense) => (by === 'cents' ? a.cents - b.cents : a[by].localeCompare(b[by])) || a.id - b.id;
  const sorted = expenses.toSorted((a, b) => (up ? compare(a, b) : compare(b, a)));

  return (
    <table aria-label="Expenses">
      <thead>
        <tr>
          {(Object.keys(COLUMNS) as Column[]).map((column) => (
            <th key={column} scope="col" className={column} aria-sort={by !== column ? undefined : up ? 'ascending' : 'descending'}>
              <button type="button" onClick={() => setOrder({ by: column, up: by === column ? !up : column !== 'cents' })}>
                {COLUMNS[column]}
              </button>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sorted.map(({ id, date, payee, category, cents }) => (
          <tr key={id}>
            <td className="date">{day(date)}</td>
            <td dir="auto">{payee}</td>
            <td>
              {file ? (
                <select
                  aria-label={`Category of ${payee}, ${day(date)}`}
                  value={category}
                  onChange={(event) => file({ id, category: event.target.value as Category })}
                >
                  {CATEGORIES.map((each) => <option key={each} value={each}>{NAMES[each]}</option>)}
                </select>
              ) : (
                NAMES[category]
              )}
            </td>
            <td className="cents">{money(cents)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
