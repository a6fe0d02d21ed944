/** Below it lie the topics of contacts that are told of alerts over MQTT; only the program publishes there. */
export const noticeTopics = "city/notifications";

/** Topics beside `city/…` that another interface answers for. */
export interface OtherTopics {
  /** True for topics that belong to the interface, whether there is anything or not. */
  isOurs(topic: string): boolean;
  /** Takes one message in; resolves when it is durable. What cannot be used is kept in quarantine. */
  receive(topic: string, payload: Buffer, client: string): Promise<void>;
  /** Notes that a client wants to listen. Answers false when there is nothing to listen to. */
  subscribe(topic: string, client: string): Promise<boolean>;
  unsubscribe(topic: string, client: string): void;
  /** The client is gone. */
  leave(client: string): void;
  /** Gives the way in which messages are sent to those who listen. */
  connect(publish: (topic: string, payload: string) => void): void;
}
