/** What was promised and what was seen of one film while sessions run, to be compared with what Postgres holds. */
import { Content } from "./content.ts";

export class FilmRecord {
  readonly projectId: string;
  /** In frames that a server acknowledged to somebody. */
  readonly acknowledged = new Content();
  /** In updates that a server sent to somebody. */
  readonly shown = new Content();
  /** In updates that were shown before they were stored, because a commit took long. */
  readonly late = new Content();
  /** Made by people who may not. */
  readonly forbidden = new Content();
  readonly #authors = new Map<number, string>();

  constructor(projectId: string) {
    this.projectId = projectId;
  }

  noteAuthor(clientId: number, name: string): void {
    this.#authors.set(clientId, name);
  }

  describe(content: Content): string {
    return content.describe((client) => this.#authors.get(client) ?? `client ${client}`);
  }
}
