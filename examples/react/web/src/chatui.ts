import { useEffect, useState } from 'react';
import type { Widget } from './types/expenses';

/** The bridge to the host, with the types of this widget. */
export const chatui = window.chatui as Widget;

/** What the bridge knows under `key`, drawn anew when it changes. What is set here holds until then. */
export function useChatui<Key extends 'data' | 'status' | 'host'>(key: Key) {
  const [value, setValue] = useState(chatui[key]);
  useEffect(() => chatui.on(key, () => setValue(chatui[key])), [key]);
  return [value, setValue] as const;
}
