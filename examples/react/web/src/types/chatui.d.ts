// What a widget's template finds in the global `chatui`, before any of its own scripts runs.
//
// `cargo run -- types --out DIR` writes this file and, for each widget, one with the types of its data, its input and the
// tools that it may call. In a module script, or anywhere else in a scope of its own:
//
//     const chatui = /** @type {import('./types/forecast').Widget} */ (window.chatui);  // JavaScript
//     const chatui = window.chatui as import('./types/forecast').Widget;                // TypeScript
//
// A template takes JavaScript: compile a `.ts` first, for instance with `npx esbuild main.ts --bundle --format=esm
// --outfile=main.js`, and name the outcome, `<script type="module" src="main.js">`.

/**
 * How far the answer has come. It may go from `error` or `cancelled` to `ready`, when the answer comes after all, and from
 * `error` back to `loading`, when a host that nobody waited for any more begins to answer.
 */
export type Status = 'loading' | 'ready' | 'error' | 'cancelled';

/** Where the host draws the widget. */
export type DisplayMode = 'inline' | 'fullscreen' | 'pip';

/** For each tool, what it takes and what its answer holds. */
export type Tools = Record<string, { input: any; output: any }>;

export interface Chatui<Data = any, Input = any, Called extends Tools = Tools> {
  /** The widget's struct, its `#[ui_only]` fields among the others; `undefined` until the answer is there. */
  readonly data: Data | undefined;
  /** The arguments of the call. While the model is still writing them (`partial`), some may be missing or cut short. */
  readonly input: Arguments<Input> | undefined;
  /** Whether `input` is still being written. */
  readonly partial: boolean;
  /**
   * `loading` until an answer is there, as `<html data-status>` has it. `error` also when no host has answered for 5 seconds,
   * and when the answer holds no data but only words, which are the error then.
   */
  readonly status: Status;
  /** What went wrong, or why the call was cancelled, in a sentence; `undefined` where nothing did. */
  readonly error: string | undefined;
  /** What the host says of itself and of the place where it draws; `host` events tell of changes. */
  readonly host: Host;
  /** What was kept with `setState`, here or when the conversation was open before. */
  readonly state: any;
  /** The theme that the host draws in, as `<html data-theme>` has it. */
  readonly theme: 'light' | 'dark';
  /** ChatGPT's own functions, `undefined` elsewhere: `await chatui.openai?.selectFiles?.()` is `undefined` where there is no such. */
  readonly openai: Openai | undefined;

  /**
   * Calls `listener` now, if there is something already, and at every change. Returns what ends that.
   *
   * A widget that listens to neither `status` nor `error` shows the error itself, in front of its body, unless it is `bare`.
   */
  on<Event extends keyof Events<Data, Input>>(event: Event, listener: (value: Events<Data, Input>[Event]) => void): () => void;

  /**
   * Calls a tool of the same server. Resolves to the data of its answer, or to its text where it has no data.
   * Throws an `Error` named `ToolError` with the tool's words where the tool fails, and another where it was not reached.
   */
  call<Name extends keyof Called & string>(
    name: Name,
    ...args: {} extends Called[Name]['input'] ? [args?: Called[Name]['input']] : [args: Called[Name]['input']]
  ): Promise<Called[Name]['output']>;

  /** Says something in the chat, as the person would. Throws where the host does not let widgets speak. */
  say(text: string): Promise<void>;

  /** Opens an address outside of the chat: through the host, else in a new window. Throws where the host refuses. */
  open(url: string): Promise<void>;

  /**
   * Gives the person a file: through the host, else as the browser does. `content` is text, or an object for JSON; no bytes.
   * Throws where the host refuses, as ChatGPT does.
   */
  download(name: string, content: string | (object & { arrayBuffer?: never; byteLength?: never }), mimeType?: string): Promise<void>;

  /** Asks for another place. Resolves to the one that the host chose, which is the present one where it can't. */
  display(mode: DisplayMode): Promise<DisplayMode>;

  /**
   * Tells the model what the person sees or has chosen, for its next turn; replaces what was told before.
   * Resolves to whether the host takes it.
   */
  context(context: string | object): Promise<boolean>;

  /**
   * Keeps a small value for when the conversation is opened again: in ChatGPT's widget state, else in the storage of the
   * origin under the call's id, else as long as the widget is shown. The model sees nothing of it; `context` is for that.
   */
  setState(state: any): void;

  /** Reads a resource of the same server. Throws where the host reads none. */
  read(uri: string): Promise<{ contents: Array<{ uri: string; mimeType?: string; text?: string; blob?: string }> }>;

  /** Writes to the host's log, or to the console where it keeps none. */
  log(level: 'debug' | 'info' | 'warning' | 'error', data: unknown): void;

  /** Asks the host to close the widget, which it may ignore. */
  close(): void;
}

/**
 * What only ChatGPT has, as far as the rest of `chatui` does not cover it. It is ChatGPT's, not ours: each may be missing, or
 * have changed. For files the tool needs parameters of type `chatui::File`.
 */
export interface Openai {
  uploadFile?(file: File, options?: { library?: boolean }): Promise<{ fileId: string }>;
  selectFiles?(): Promise<Array<{ fileId: string; fileName: string; mimeType: string }>>;
  getFileDownloadUrl?(file: { fileId: string }): Promise<{ downloadUrl: string }>;
  requestModal?(modal: { params?: object; template?: string }): Promise<unknown>;
  setOpenInAppUrl?(where: { href: string }): Promise<unknown>;
  requestCheckout?(session: object): Promise<unknown>;
  /** Where this document is shown, and in a modal what it was opened with. */
  view?: { mode: string; params?: any };
  [key: string]: any;
}

/** Some of the arguments, of whichever of several tools. */
export type Arguments<Input> = 0 extends 1 & Input ? any : { [Key in Named<Input>]?: Of<Input, Key> };
/** The keys of all members of a union; one that takes no arguments has none. */
type Named<Input> = Input extends unknown ? (string extends keyof Input ? never : keyof Input) : never;
type Of<Input, Key> = Input extends unknown ? (Key extends keyof Input ? Input[Key] : never) : never;

/** What `on` tells of. */
export interface Events<Data = any, Input = any> {
  data: Data;
  input: Arguments<Input>;
  status: Status;
  error: string | undefined;
  host: Host;
  state: any;
  theme: 'light' | 'dark';
  /** The widget is about to be removed: the last moment to keep something. */
  teardown: true;
}

/** The host context of MCP Apps 2026-01-26, filled from `window.openai` where that is all there is. */
export interface Host {
  /** Whether a host has answered, or `window.openai` is there. */
  connected: boolean;
  /** Its name and version, as it introduces itself. Ask `capabilities` what it can do, not its name. */
  info?: { name: string; version: string };
  /** What it can do, by the keys of MCP Apps' `hostCapabilities`; those that ChatGPT has as functions are there too. */
  capabilities: Record<string, any>;
  theme?: 'light' | 'dark';
  /** A language tag like `de-CH`. */
  locale?: string;
  /** An IANA name like `Europe/Zurich`. */
  timeZone?: string;
  displayMode?: DisplayMode;
  availableDisplayModes?: DisplayMode[];
  /** In CSS pixels. */
  containerDimensions?: { height?: number; maxHeight?: number; width?: number; maxWidth?: number };
  /** In CSS pixels. */
  safeAreaInsets?: { top: number; right: number; bottom: number; left: number };
  platform?: 'web' | 'desktop' | 'mobile';
  deviceCapabilities?: { touch?: boolean; hover?: boolean };
  /** The call that this widget draws. */
  toolInfo?: { id?: string | number; tool: { name: string; [key: string]: any } };
  [key: string]: any;
}

declare global {
  interface Window {
    chatui: Chatui;
  }
  /** The bridge to the host; cast `window.chatui` to a widget's own type to have its data typed. */
  const chatui: Chatui;
}
