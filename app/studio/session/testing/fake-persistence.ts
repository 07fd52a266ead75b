/** Stands in for `IndexeddbPersistence` of y-indexeddb where there is no IndexedDB: one store for all tabs of a test. */
import * as Y from "yjs";

interface Database {
  updates: Uint8Array[];
  custom: Map<string, unknown>;
}

export class FakePersistence {
  static databases = new Map<string, Database>();
  /** What opening does: works, fails, or never answers. */
  static opening: "works" | "fails" | "hangs" = "works";
  readonly whenSynced: Promise<this>;
  readonly #doc: Y.Doc;
  readonly #database: Database;
  #isDestroyed = false;

  constructor(name: string, doc: Y.Doc) {
    this.#doc = doc;
    this.#database = FakePersistence.databases.get(name) ?? { updates: [], custom: new Map() };
    FakePersistence.databases.set(name, this.#database);
    doc.on("update", this.#store);
    this.whenSynced = this.#open().then(() => {
      if (!this.#isDestroyed) for (const update of this.#database.updates.slice()) Y.applyUpdate(doc, update, this);
      return this;
    });
  }

  static textIn(name: string): string {
    const doc = new Y.Doc();
    for (const update of FakePersistence.databases.get(name)?.updates ?? []) Y.applyUpdate(doc, update);
    return doc.getText("screenplay").toString();
  }

  async get(key: string): Promise<unknown> {
    await this.#open();
    return this.#database.custom.get(key);
  }
  async set(key: string, value: unknown): Promise<void> {
    await this.#open();
    this.#database.custom.set(key, value);
  }
  async destroy(): Promise<void> {
    this.#isDestroyed = true;
    this.#doc.off("update", this.#store);
    await this.#open();
  }

  readonly #store = (update: Uint8Array, origin: unknown) => {
    if (origin !== this) this.#database.updates.push(update);
  };

  #open(): Promise<void> {
    switch (FakePersistence.opening) {
      case "works":
        return Promise.resolve();
      case "fails":
        return Promise.reject(new Error("no storage"));
      case "hangs":
        return new Promise(() => undefined);
    }
  }
}
