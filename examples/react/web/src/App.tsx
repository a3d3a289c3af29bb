import { startTransition, useEffect, useMemo, useOptimistic, useRef, useState } from 'react';
import { Categories, NAMES } from './Categories';
import { chatui, useChatui } from './chatui';
import { formats } from './formats';
import { Table } from './Table';
import type { Category, Expense, Expenses } from './types/expenses';

export function App() {
  const [data, setData] = useChatui('data');
  const [status] = useChatui('status');
  if (data) return <Ledger data={data} setData={setData} />;
  return status === 'loading' ? <p role="status">Fetching the expenses…</p> : <p role="alert">{chatui.error ?? 'Cancelled.'}</p>;
}

type Filing = Pick<Expense, 'id' | 'category'>;
const refiled = (expenses: Expense[], { id, category }: Filing) =>
  expenses.map((expense) => (expense.id === id ? { ...expense, category } : expense));

function Ledger({ data, setData }: { data: Expenses; setData: (change: (now?: Expenses) => Expenses | undefined) => void }) {
  const [host] = useChatui('host');
  const mayCall = Boolean(host.capabilities.serverTools);
  const { money, day, month } = useMemo(() => formats(host.locale, data.currency), [host.locale, data.currency]);
  const [only, setOnly] = useState<Category>();
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState('');
  // A change shows before the server has it, and is taken back where the server refuses it.
  const [expenses, show] = useOptimistic(data.expenses, refiled);
  const search = useRef<HTMLInputElement>(null);
  const filings = useRef(new Map<number, string>());

  // The conversation keeps the answer as it was, and expenses may have been filed since.
  useEffect(() => {
    if (mayCall) chatui.call('show_expenses').then((fresh) => setData((now) => (now === chatui.data ? fresh : now)), () => {});
  }, [mayCall, setData]);

  const file = ({ id, category }: Filing) => {
    setProblem('');
    // A row that leaves takes the focus along; it goes on at what the row no longer fits.
    if (only && only !== category) document.querySelector<HTMLElement>('[aria-pressed="true"]')?.focus();
    startTransition(async () => {
      show({ id, category });
      try {
        const filed = await chatui.call('file_expense', { id, category });
        setData((now) => now && { ...now, expenses: refiled(now.expenses, filed) });
        filings.current.set(id, `${id}. ${filed.payee}: ${filed.category}`);
        chatui.context(['The person has filed these expenses in the widget, under:', ...filings.current.values()].join('\n'));
      } catch (error) {
        setProblem(error instanceof Error ? error.message : String(error));
      }
    });
  };

  const showAll = () => {
    setOnly(undefined);
    setTyped('');
    search.current?.focus(); // the button is about to leave
  };

  const fits = ({ payee }: Expense) => payee.toLowerCase().includes(typed.trim().toLowerCase());
  const shown = expenses.filter((expense) => (!only || expense.category === only) && fits(expense));
  const total = shown.reduce((sum, { cents }) => sum + cents, 0);
  return (
    <main>
      <header>
        <h1>{month(data.month)}</h1>
        <p role="status">
          {shown.length === 1 ? '1 expense' : `${shown.length} expenses`}, <b>{money(total)}</b>
        </p>
      </header>
      <Categories expenses={expenses} money={money} only={only} choose={setOnly} />
      <input
        ref={search}
        type="search"
        aria-label="Find a payee"
        placeholder="Find a payee"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {problem && <p className="problem" role="alert">{problem}</p>}
      {shown.length > 0 ? (
        <Table expenses={shown} money={money} day={day} file={mayCall ? file : undefined} />
      ) : (
        <p className="none">
          {only ? `Nothing under ${NAMES[only]} fits.` : 'Nothing fits.'}{' '}
          <button type="button" onClick={showAll}>Show all</button>
        </p>
      )}
    </main>
  );
}
