// Shows a notification of the tip desk while none of its pages is open. What it says comes sealed from our server and
// holds no word of a tip; pressing it opens the desk, where one signs in.
"use strict";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("push", (event) => {
  const said = told(event);
  event.waitUntil(
    self.registration.showNotification(said.title, {
      body: said.body,
      data: { link: said.link },
      tag: said.link,
      renotify: true,
      requireInteraction: true,
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(open(event.notification.data.link));
});

/** What was pushed; a bare call where it can't be read, since something did call. */
function told(event) {
  try {
    const { title, body, link } = event.data.json();
    return { title: String(title), body: String(body), link: ours(link) };
  } catch {
    return { title: "Shelterbelt", body: "", link: "/desk/" };
  }
}

/** Only pages of this site are opened. */
function ours(link) {
  const url = new URL(link, self.location.origin);
  return url.origin === self.location.origin ? url.pathname : "/desk/";
}

async function open(link) {
  const pages = await self.clients.matchAll({ type: "window" });
  const page = pages.find((each) => new URL(each.url).pathname === link);
  return page ? page.focus() : self.clients.openWindow(link);
}
