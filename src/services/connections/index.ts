/** The connections room: the platforms a company has connected, their credentials, and how they do. */
export { checkConnection, proveCredentials, setupConnection } from "./check.ts";
export {
  createConnection,
  getConnection,
  listConnections,
  removeConnection,
  saveConnection,
} from "./connections.ts";
export { countRejection, noteError, noteSent } from "./notes.ts";
export {
  connectionByWebhook,
  needConnection,
  type OpenConnection,
  openConnection,
  phoneLines,
} from "./open.ts";
export { rotateSecrets } from "./rotate.ts";
export { platformCards } from "./view.ts";
