// A summary as the vendor would send it, of any size: the same size gives the same people.

const SYLLABLES = (
  "an bel cor da el fre gio har is jo ka lu mar no ol pe qui ro sa ti ul vi wen xa yo zed"
).split(" ");

/** Numbers from 0 to 1 that look random: Park and Miller's generator. */
function numbers(seed) {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/**
 * @param {number} count how many people
 * @returns {string} JSON
 */
export function summary(count) {
  const next = numbers(7);
  const below = (limit) => Math.floor(next() * limit);
  const word = () => {
    let text = "";
    for (let left = 2 + below(2); left > 0; left -= 1) text += SYLLABLES[below(SYLLABLES.length)];
    return text;
  };
  const hex = (digits) => Array.from({ length: digits }, () => below(16).toString(16)).join("");
  const capital = (text) => text[0].toUpperCase() + text.slice(1);
  const latest = Date.parse("2026-10-01T00:00:00Z");
  const users = Array.from({ length: count }, (_, index) => {
    const [first, last, luck] = [word(), word(), next()];
    return {
      user_id: `${hex(8)}-${hex(4)}-4${hex(3)}-a${hex(3)}-${hex(12)}`,
      name: `${capital(first)} ${capital(last)}`,
      email: `${first}.${last}${index}@example.com`,
      event_count: Math.floor(next() ** 4 * 10_000),
      last_event: new Date(latest - below(90 * 86_400_000)).toISOString(),
      max_risk_level: luck < 0.02 ? "high" : luck < 0.12 ? "medium" : "low",
    };
  });
  return JSON.stringify({ success: true, errors: [], messages: [], result: { users } });
}

/** Somebody's ID. */
export const ID = "9b3ae8a1-6f1c-4c6e-8c79-000000000001";

/**
 * @param {number} count how many events one person has
 * @returns {string} JSON
 */
export function events(count) {
  const next = numbers(7);
  const latest = Date.parse("2026-10-01T00:00:00Z");
  const kinds = ["Impossible Travel", "Data Loss Prevention", "Sentinel One"];
  const events = Array.from({ length: count }, (_, index) => ({
    id: `event-${index}`,
    name: kinds[Math.floor(next() * kinds.length)],
    risk_level: next() < 0.3 ? "high" : "low",
    timestamp: new Date(latest - Math.floor(next() * 90 * 86_400_000)).toISOString(),
    event_details: { country: index % 2 ? "CZ" : "JP", address: `192.0.2.${index % 250}` },
  }));
  const result = { name: "Ana Bel", email: "ana.bel@example.com", risk_level: "high", events };
  return JSON.stringify({ success: true, errors: [], messages: [], result });
}
