import type { Category, Expense } from './types/expenses';

/** All of them: with one more in Rust, this no longer compiles. */
export const NAMES: Record<Category, string> = { food: 'Food', home: 'Home', travel: 'Travel', fun: 'Fun', other: 'Other' };
export const CATEGORIES = Object.keys(NAMES) as Category[];

interface Props {
  expenses: Expense[];
  money: (cents: number) => string;
  only: Category | undefined;
  choose: (only: Category | undefined) => void;
}

/** What was spent on each; pressed, the table shows nothing else. */
export function Categories({ expenses, money, only, choose }: Props) {
  const spent = (category: Category) => expenses.reduce((sum, it) => sum + (it.category === category ? it.cents : 0), 0);
  const most = Math.max(1, ...CATEGORIES.map(spent));
  const press = (category: Category) => choose(only === category ? undefined : category);
  return (
    <div className="categories" role="group" aria-label="Categories">
      {CATEGORIES.map((category) => (
        <button key={category} type="button" aria-pressed={only === category} onClick={() => press(category)}>
          <span>{NAMES[category]} </span>
          <b>{money(spent(category))}</b>
          <i style={{ inlineSize: `${(100 * spent(category)) / most}%` }} />
        </button>
      ))}
    </div>
  );
}
