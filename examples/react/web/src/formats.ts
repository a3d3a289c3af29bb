/** How amounts and days are written where the host is. */
export function formats(locale: string | undefined, currency: string) {
  const amounts = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const days = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const months = new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return {
    money: (cents: number) => amounts.format(cents / 100),
    day: (date: string) => days.format(new Date(date)),
    month: (month: string) => months.format(new Date(month)),
  };
}
