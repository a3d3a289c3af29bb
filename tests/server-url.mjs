// Every test here runs against a server that somebody else started: the native one and the Worker get the same tests.

const MISSING = `CHATUI_URL is not set; start the dashboard example and name its endpoint:
  cargo run -p dashboard -- serve --port 8080
  CHATUI_URL=http://127.0.0.1:8080/mcp npm --prefix tests test`;

/** The MCP endpoint under test. */
export function serverUrl() {
  const url = process.env.CHATUI_URL;
  if (!url) throw new Error(MISSING);
  if (!URL.canParse(url)) throw new Error(`CHATUI_URL is not a URL: ${url}`);
  return url;
}

/** Which door answers there; it only names the screenshots. */
export function door() {
  return process.env.CHATUI_DOOR || 'native';
}
