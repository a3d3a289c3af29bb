// Written by `types`; what is changed here will be lost.

import type { Chatui } from './chatui.js';

/** What the template finds in `window.chatui`. */
export type Widget = Chatui<Expenses, Input, Called>;

/** A month's expenses, which the person sorts, filters and files under other categories. */
export interface Expenses {
  month: string;
  /** Of all amounts, as ISO 4217 has it. */
  currency: string;
  /** In cents. */
  total: number;
  expenses: Expense[];
}

/** The arguments of the call that it draws. */
export type Input = Record<string, never>;

/** The tools that it may call. */
export type Called = {
  /** Use this when the user says under which category an expense belongs. */
  file_expense: { input: FileExpenseInput; output: Expense };
  /** Use this when the user wants to see the expenses, or asks what was spent, and on what. */
  show_expenses: { input: Record<string, never>; output: Expenses };
};

export interface Expense {
  id: number;
  /** For example 2026-10-01. */
  date: string;
  payee: string;
  category: Category;
  cents: number;
}

export type Category = 'food' | 'home' | 'travel' | 'fun' | 'other';

/** What `file_expense` takes. */
export interface FileExpenseInput {
  /** The number of the expense. */
  id: number;
  /** The category that it belongs under. */
  category: Category;
}
