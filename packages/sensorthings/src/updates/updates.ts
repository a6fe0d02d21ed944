import type { Change } from "@ioc/observations";
import type { Entity } from "../entities/entity.ts";
import { parsePath } from "../paths/resource-path.ts";
import { resolvePath } from "../paths/resolve.ts";
import type { StoredObservation } from "../observations/stored.ts";
import { featureOf } from "../read/items.ts";
import { presentEntity, presentObservation } from "../read/present.ts";
import { loadSpans, type World } from "../read/world.ts";
import { isOurTopic, readTopic, type Topic } from "./topics.ts";

/** Sends one message to those who listen to a topic. */
export type Publish = (topic: string, payload: string) => void;

interface Open {
  topic: Topic;
  listeners: Set<string>;
}

/** Topics that can be listened to at once. */
const mostTopics = 20_000;

/**
 * Tells listeners of new and changed entities (18-088, req/receive-updates-via-mqtt/receive-updates). Only for topics that
 * somebody listens to is anything worked out.
 */
export class Updates {
  readonly #world: World;
  readonly #root: () => string;
  readonly #now: () => number;
  readonly #open = new Map<string, Open>();
  /** Topics of Observations: of one stream, and of more. */
  readonly #byStream = new Map<number, Set<Open>>();
  readonly #wide = new Set<Open>();
  #publish: Publish | null = null;

  /**
   * @param root address of the service, for the links of entities
   * @param now city time, ms
   */
  constructor(world: World, root: () => string, now: () => number) {
    this.#world = world;
    this.#root = root;
    this.#now = now;
  }

  connect(publish: Publish): void {
    this.#publish = publish;
  }

  /** Notes that a listener wants a topic. Answers false when there is nothing to listen to. */
  async subscribe(name: string, listener: string): Promise<boolean> {
    if (!isOurTopic(name)) return false;
    const known = this.#open.get(name);
    if (known) {
      known.listeners.add(listener);
      return true;
    }
    if (this.#open.size >= mostTopics) return false;
    const topic = await readTopic(this.#world, name).catch(() => null);
    if (!topic) return false;
    const open = this.#open.get(name) ?? { topic, listeners: new Set<string>() };
    open.listeners.add(listener);
    this.#open.set(name, open);
    for (const index of this.#indexesOf(topic)) index.add(open);
    return true;
  }

  unsubscribe(name: string, listener: string): void {
    const open = this.#open.get(name);
    if (!open?.listeners.delete(listener) || open.listeners.size > 0) return;
    this.#open.delete(name);
    for (const index of this.#indexesOf(open.topic)) index.delete(open);
  }

  /** Ends everything that a listener wanted. */
  leave(listener: string): void {
    for (const name of this.#open.keys()) this.unsubscribe(name, listener);
  }

  /** Readings of one commit. */
  observe({ observations }: Change): void {
    if (this.#wide.size === 0 && this.#byStream.size === 0) return;
    for (const record of observations) {
      const [reading] = this.#world.source.fromRecords([record]);
      if (!reading || (this.#wide.size === 0 && !this.#byStream.has(reading.stream))) continue;
      this.observation(this.#world.source.complete(reading));
    }
  }

  observation(observation: StoredObservation): void {
    for (const open of [...this.#wide, ...(this.#byStream.get(observation.stream) ?? [])]) {
      if (!this.#tellsOf(open.topic, observation)) continue;
      this.#send(open.topic, presentObservation(this.#world, this.#root(), observation, open.topic.shape));
    }
  }

  /** @param changed names of the properties that differ; null: the entity is new */
  async entity(entity: Entity, changed: ReadonlySet<string> | null): Promise<void> {
    for (const { topic } of this.#open.values()) {
      if (topic.observations !== null || topic.type !== entity.type) continue;
      if (topic.property !== null && !changed?.has(topic.property)) continue;
      if (!(await this.#leadsTo(topic, entity))) continue;
      await loadSpans(this.#world, [entity], this.#now());
      this.#send(topic, presentEntity(this.#world, this.#root(), entity, topic.shape));
    }
  }

  #tellsOf({ observations }: Topic, observation: StoredObservation): boolean {
    if (!observations) return false;
    if (observations.id !== null && observations.id !== observation.id) return false;
    return observations.feature === null || featureOf(this.#world, observation) === observations.feature;
  }

  async #leadsTo({ path }: Topic, entity: Entity): Promise<boolean> {
    try {
      const target = await resolvePath(this.#world, parsePath(path));
      if (target.kind === "set") {
        return (
          target.owner === null || this.#world.entities.linked(target.owner.entity, target.owner.link).includes(entity)
        );
      }
      const found = target.kind === "property" ? target.of : target;
      return found.kind === "entity" && found.entity.id === entity.id && found.entity.type === entity.type;
    } catch {
      // What the topic named is gone.
      return false;
    }
  }

  #indexesOf({ observations }: Topic): Set<Open>[] {
    if (!observations) return [];
    if (observations.streams === null) return [this.#wide];
    return [...observations.streams].map((stream) => {
      const index = this.#byStream.get(stream) ?? new Set();
      this.#byStream.set(stream, index);
      return index;
    });
  }

  #send({ name }: Topic, json: Record<string, unknown>): void {
    this.#publish?.(name, JSON.stringify(json));
  }
}
