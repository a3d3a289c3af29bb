// Every test here runs against a server that somebody else started: the native one and the Worker get the same tests.

const HELP = {
  CHATUI_URL: `start the dashboard example and name its endpoint:
  cargo run -p dashboard -- serve --port 8080
  CHATUI_URL=http://127.0.0.1:8080/mcp npm --prefix tests test`,
  CHATUI_TODO_URL: `start the to-do example, with a list that may be emptied, and name its endpoint:
  TODO_DB=target/todo.db cargo run -p todo -- serve --port 8082
  CHATUI_TODO_URL=http://127.0.0.1:8082/mcp node --test tests/browser/todo.test.mjs`,
  CHATUI_REACT_URL: `start the example that React draws, and name its endpoint:
  cargo run -p react -- serve --port 8084
  CHATUI_REACT_URL=http://127.0.0.1:8084/mcp node --test tests/browser/react.test.mjs`,
  CHATUI_BOOKING_URL: `start the booking example and name its endpoint:
  cargo run -p booking -- serve --port 8085
  CHATUI_BOOKING_URL=http://127.0.0.1:8085/mcp node --test tests/browser/booking.test.mjs`,
  CHATUI_MAP_URL: `start the map example and name its endpoint:
  cargo run -p map -- serve --port 8086
  CHATUI_MAP_URL=http://127.0.0.1:8086/mcp node --test tests/browser/map.test.mjs`,
  CHATUI_AUTH_URL: `start the example that signs its users in, without an authorization server, and name its endpoint:
  PUBLIC_URL=http://127.0.0.1:8083 AUTH_ISSUER=http://127.0.0.1:9083 cargo run -p auth -- serve --port 8083
  CHATUI_AUTH_URL=http://127.0.0.1:8083/mcp node --test tests/auth/*.test.mjs`,
  CHATUI_LAB_URL: `start the lab and name its endpoint:
  cargo run -p widgets-lab -- serve --port 8081
  CHATUI_LAB_URL=http://127.0.0.1:8081/mcp npm --prefix tests run lab`,
};

/** The MCP endpoint under test. */
export const serverUrl = () => read('CHATUI_URL');

/** The MCP endpoint of `examples/todo`, whose list the tests empty. */
export const todoUrl = () => read('CHATUI_TODO_URL');

/** The MCP endpoint of `examples/react`. */
export const reactUrl = () => read('CHATUI_REACT_URL');

/** The MCP endpoint of `examples/booking`, where the tests take tables. */
export const bookingUrl = () => read('CHATUI_BOOKING_URL');

/** The MCP endpoint of `examples/map`. */
export const mapUrl = () => read('CHATUI_MAP_URL');

/** The MCP endpoint of `examples/auth`. */
export const authUrl = () => read('CHATUI_AUTH_URL');

/** The MCP endpoint of `tests/widgets`, whose widgets show what the bridge does. */
export const labUrl = () => read('CHATUI_LAB_URL');

/** Which door answers there; it only names the screenshots. */
export function door() {
  return process.env.CHATUI_DOOR || 'native';
}

function read(name) {
  const url = process.env[name];
  if (!url) throw new Error(`${name} is not set; ${HELP[name]}`);
  if (!URL.canParse(url)) throw new Error(`${name} is not a URL: ${url}`);
  return url;
}
