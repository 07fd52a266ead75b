/** Who is in a shot, under the names that its picture knows them by. */
import type { ElementInShot } from "#domain/elements/in-shot.ts";
import type { Shot } from "#domain/film/shot.ts";
import type { Film } from "#domain/film/snapshot.ts";
import { canonicalName, personOf } from "#domain/screenplay/plan/plan-cast.ts";

type Elements = Pick<Film, "elements">;

/** @returns names in capitals: the library's where it knows somebody, without those that were taken out */
export function peopleInShot(film: Elements, shot: Shot, people: readonly ElementInShot[]): string[] {
  const nameOf = nameInPicture(film, people);
  const out = film.elements.filter(({ id }) => shot.elementsOut?.includes(id) === true);
  const gone = noted(out.flatMap(({ name, aliases = [] }) => [name, ...aliases]));
  const said = shot.characters.map(nameOf).filter((name) => gone[personOf(name, gone).name] === undefined);
  return [...new Set([...said, ...people.map(({ name }) => canonicalName(name))])];
}

/** @returns how the picture calls somebody whom the script calls so: SKIPPER and HALE are its CAPTAIN HALE */
export function nameInPicture(film: Elements, people: readonly ElementInShot[]): (name: string) => string {
  const shown = new Set(people.map(({ id }) => id));
  const others = new Map(
    film.elements
      .filter(({ id }) => shown.has(id))
      .flatMap(({ name, aliases = [] }) =>
        aliases.map((alias): [string, string] => [canonicalName(alias), canonicalName(name)]),
      ),
  );
  const known = noted(people.map(({ name }) => name));
  return (name) => others.get(canonicalName(name)) ?? personOf(name, known).name;
}

const noted = (names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [canonicalName(name), ""]));
