// Ticks for alarm.js from a worker of its own: a browser slows the timers of a page that nobody looks at to one a
// minute, and an alarm can't wait for that.
"use strict";
setInterval(() => postMessage(0), 700);
