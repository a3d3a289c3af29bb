// Written by `types`; what is changed here will be lost.

import type { Chatui } from './chatui.js';

/** What the template finds in `window.chatui`. */
export type Widget = Chatui<MapCard, Input, Called>;

/**
 * Where it is; a comment can hold a *\/ of its own.
 *
 * - The second paragraph is a list.
 */
export interface MapCard {
  name: string;
  /** The point in the middle. */
  theMiddle: Point;
  zoom: number | null;
  marker?: Marker | null;
  /** A tree as nothing but a map of itself. */
  areas: Areas;
  'first-seen': Record<string, Point>;
  corners: [Point, Point][];
}

/** The arguments of the call that it draws. */
export type Input = FindInput | Record<string, never> | ShowMapInput;

/** The tools that it may call. */
export type Called = {
  /** Counts. */
  count: { input: Record<string, never>; output: WidgetData };
  /** Shows where the user is. */
  here: { input: Record<string, never>; output: MapCard };
  /** Says how it is going. */
  'how-is-it-going': { input: Record<string, never>; output: string };
  /** Shows a map around a point. */
  show_map: { input: ShowMapInput; output: MapCard };
  /** Where the mouse was. */
  snap: { input: SnapInput; output: { result: Point2[] } };
};

export interface Point {
  lon: number;
  lat: number;
  label: string | null;
}

export type Marker =
  /** A flag. */
  | { kind: 'Flag'; colour: string }
  /** Somebody's face. */
  | (Record2 & { kind: 'Face' })
  | { kind: 'it\'s "none"' };

/** It is called as a type of TypeScript's own. */
export interface Record2 {
  url: string;
  /** @deprecated */
  size: number;
}

export interface Areas {
  [key: string]: Areas;
}

/** What `find` takes. */
export interface FindInput {
  /** The name of the place. */
  'place-name': string;
}

/** What `show_map` takes. */
export interface ShowMapInput {
  /** Where to look. */
  at: PointInput;
  /** @default 3 */
  zoom?: number | null;
}

export interface PointInput {
  lon: number;
  lat: number;
  label?: string;
}

/** It is called as what each file exports. */
export interface WidgetData {
  count: number;
  /** Only the template reads it. */
  points: Point2[];
  [key: string]: boolean | number | Point2[];
}

export interface Point2 {
  x: number;
  y: number;
}

/** What `snap` takes. */
export interface SnapInput {
  to: { x: number; y: number };
  step?: 1 | 2 | 5 | null;
}
