// Stands before finder.js and after ask.js: the first message is the way to the desk.
addEventListener(
  "message",
  (event) => {
    event.stopImmediatePropagation();
    event.data.desk.start();
    askDesk(event.data.desk);
  },
  { once: true },
);
