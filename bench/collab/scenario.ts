/** What a scenario is: how large, against whom, what it finds, and what is hoped for. */
import type { Figures } from "../measure/summary.ts";
import type { OptionName, Options } from "./options.ts";
import type { Arena } from "./arena.ts";
import type { Company } from "./servers/contestants.ts";
import type { ServerName } from "./servers/ground.ts";

/** Of our median, alone or beside the median of a peer; less is better in every figure that has one. */
export type Goal = { atMost: number } | { lessThan: ServerName; times: number };

export interface Row {
  figure: string;
  label: string;
  goals?: readonly Goal[];
  /** Whether peers' figures are also given as multiples of ours. */
  compare?: boolean;
}

export interface Scenario {
  /** `fanout-one`; everything up to the dash names a group. */
  name: string;
  about: string;
  runs: number;
  /** Peers take part in the first runs only, where more would show nothing more. */
  peerRuns?: number;
  company: Company;
  rows: readonly Row[];
  sizes: (given: Options, quick: boolean) => Options;
  run: (arena: Arena, sizes: Options) => Promise<Figures>;
}

interface ScenarioSpec<Name extends OptionName> extends Omit<Scenario, "sizes" | "run"> {
  defaults: Record<Name, number>;
  quick: Partial<Record<Name, number>>;
  run: (arena: Arena, sizes: Record<Name, number>) => Promise<Figures>;
}

export function scenario<Name extends OptionName>(spec: ScenarioSpec<Name>): Scenario {
  const names = Object.keys(spec.defaults) as Name[];
  const sizes = (given: Options, quick: boolean): Record<Name, number> => {
    const base = { ...spec.defaults, ...(quick ? spec.quick : {}) };
    for (const name of names) base[name] = given[name] ?? base[name];
    return base;
  };
  return { ...spec, sizes, run: (arena, given) => spec.run(arena, sizes(given, false)) };
}
