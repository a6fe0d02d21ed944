import type { PushSubscription } from "@ioc/contracts";

/**
 * Lets this browser take push messages of the server; asks the reader for permission. Null when the browser cannot, the page is not
 * served safely (https or localhost), or the reader does not want it.
 *
 * @param publicKey VAPID key of the server, base64url
 */
export async function subscribeToPush(publicKey: string): Promise<PushSubscription | null> {
  if (!("serviceWorker" in navigator) || !("PushManager" in globalThis)) return null;
  if ((await Notification.requestPermission()) !== "granted") return null;
  await navigator.serviceWorker.register("/push-worker.js", { scope: "/console/" });
  const ready = await navigator.serviceWorker.ready;
  const subscription = await ready.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
  const { endpoint, keys } = subscription.toJSON();
  const { p256dh, auth } = keys ?? {};
  return endpoint && p256dh && auth ? { endpoint, keys: { p256dh, auth } } : null;
}
